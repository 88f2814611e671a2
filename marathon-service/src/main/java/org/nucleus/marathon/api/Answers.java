package org.nucleus.marathon.api;

import java.net.URI;
import org.nucleus.marathon.api.format.Problems;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.AppPath;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The machine's answers as responses. Source: MarathonExceptionMapper. */
final class Answers {
    static final String DEPLOYMENT_HEADER = "Marathon-Deployment-Id";
    private static final String LOCKED = "App is locked by one or more deployments. Override with the option"
            + " '?force=true'. View details at '/v2/deployments/<DEPLOYMENT_ID>'.";

    private Answers() {}

    static ResponseEntity<String> json(int status, JsonNode body) {
        return json(ResponseEntity.status(HttpStatusCode.valueOf(status)), body);
    }

    static ResponseEntity<String> json(JsonNode body) {
        return json(200, body);
    }

    private static ResponseEntity<String> json(ResponseEntity.BodyBuilder response, JsonNode body) {
        return response.contentType(MediaType.APPLICATION_JSON).body(body.toString());
    }

    /** A deployment's answer: its id and version; anything else as the refusal that it is. */
    static ResponseEntity<String> deployed(Answer answer) {
        Answer.Deployed deployed = expectDeployed(answer);
        return json(ResponseEntity.ok().header(DEPLOYMENT_HEADER, deployed.deployment()), result(deployed));
    }

    /** The same for something new, which is at {@code path} now. */
    static ResponseEntity<String> created(Answer answer, AppPath path, JsonNode body) {
        Answer.Deployed deployed = expectDeployed(answer);
        return json(
                ResponseEntity.status(HttpStatus.CREATED)
                        .location(location(path))
                        .header(DEPLOYMENT_HEADER, deployed.deployment()),
                body);
    }

    static ObjectNode result(Answer.Deployed deployed) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("deploymentId", deployed.deployment())
                .put("version", deployed.version().toString());
    }

    private static URI location(AppPath path) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(path.value())
                .build()
                .toUri();
    }

    static Answer.Deployed expectDeployed(Answer answer) {
        if (answer instanceof Answer.Deployed deployed) {
            return deployed;
        }
        throw refusal(answer);
    }

    /** What to throw for an answer that isn't the expected one. */
    static RuntimeException refusal(Answer answer) {
        return switch (answer) {
            case Answer.NotFound(var message) ->
                message.startsWith("App ") ? Bodies.refusal(404, message) : Bodies.notFound(message);
            case Answer.Invalid(var path, var error) -> {
                Problems problems = new Problems();
                problems.add(path, error);
                yield new Problems.Refused("Object is not valid", problems);
            }
            case Answer.Locked(var deployments) -> {
                ObjectNode body = Bodies.message(LOCKED);
                ArrayNode list = body.putArray("deployments");
                deployments.forEach(id -> list.addObject().put("id", id));
                yield new Bodies.Answered(409, body);
            }
            case Answer.TooManyDeployments(var most) ->
                Bodies.refusal(
                        403,
                        "Max number (" + most + ") of running deployments is achieved. Wait for existing deployments to"
                                + " complete or cancel one using force=true parameter.");
            case Answer.Stale() -> Bodies.refusal(503, "The app was changed by others all the time. Try again.");
            case Answer.Deployed _, Answer.Rehearsed _, Answer.Killed _, Answer.Done(), Answer.Queue _ ->
                new IllegalStateException("an answer to another question: " + answer);
        };
    }
}
