package org.nucleus.agent.api.operator;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.nucleus.access.Action;
import org.nucleus.agent.access.AgentAccess;
import org.nucleus.agent.access.Viewer;
import org.nucleus.agent.executorlink.Encoding;
import org.nucleus.agent.nested.Refused;
import org.nucleus.service.http.BoundedBody;
import org.nucleus.service.logging.LoggingLevel;
import org.nucleus.wire.agent.Call;
import org.nucleus.wire.agent.Response;
import org.nucleus.wire.codec.BadMessage;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/v1}. Checks come in the original's order: method, content type, body, validity, accepted types,
 * access. What this agent has no part for is answered 501 and why. Source: slave/http.cpp, Http::api.
 */
@RestController
class OperatorApi {
    private static final int BODY_MOST = 64 << 20;
    private static final String BOTH = " of application/json or application/x-protobuf";

    private final AgentAccess access;
    private final Questions questions;
    private final FileAnswers files;
    private final ContainerCalls containers;
    private final SessionCalls sessions;
    private final LoggingLevel logging;

    OperatorApi(
            AgentAccess access,
            Questions questions,
            FileAnswers files,
            ContainerCalls containers,
            SessionCalls sessions,
            LoggingLevel logging) {
        this.access = access;
        this.questions = questions;
        this.files = files;
        this.containers = containers;
        this.sessions = sessions;
        this.logging = logging;
    }

    @RequestMapping({"/api/v1", "/api/v1/**"})
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        try {
            serve(request, response);
        } catch (Refused e) {
            send(response, e.status(), String.valueOf(e.getMessage()));
        } catch (BoundedBody.TooLarge e) {
            send(response, 413, e.getMessage());
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response)
            throws Refused, IOException, InterruptedException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            throw new Refused(405, "Expecting one of { 'POST' }.");
        }
        String contentType = request.getContentType();
        if (contentType == null) {
            throw new Refused(400, "Expecting 'Content-Type' to be present");
        }
        if (contentType.equals(Framing.RECORDS)) {
            sessions.attachInput(request.getInputStream(), messages(request), access.viewer());
            return;
        }
        Encoding encoding = Encoding.ofContentType(contentType)
                .orElseThrow(() -> new Refused(415, "Expecting 'Content-Type'" + BOTH + " or application/recordio"));
        Call call = decode(encoding, request);
        Optional<String> fault = CallRules.fault(call);
        if (fault.isPresent()) {
            throw new Refused(400, "Failed to validate agent::Call: " + fault.get());
        }
        answer(call, request, response);
    }

    private static Encoding messages(HttpServletRequest request) throws Refused {
        String type = request.getHeader(Framing.MESSAGE_CONTENT_TYPE);
        if (type == null) {
            throw new Refused(400, "Expecting 'Message-Content-Type' to be set for streaming requests");
        }
        return Encoding.ofContentType(type)
                .orElseThrow(() -> new Refused(415, "Expecting 'Message-Content-Type'" + BOTH));
    }

    private static Call decode(Encoding encoding, HttpServletRequest request)
            throws Refused, IOException, BoundedBody.TooLarge {
        try {
            return encoding.decode(BoundedBody.read(request, BODY_MOST), Call.class);
        } catch (BadMessage e) {
            String what = encoding == Encoding.JSON ? "Failed to convert JSON" : "Failed to parse body";
            throw new Refused(400, what + " into Call protobuf: " + e.getMessage());
        }
    }

    private void answer(Call call, HttpServletRequest request, HttpServletResponse response)
            throws Refused, IOException, InterruptedException {
        Viewer viewer = access.viewer();
        switch (Objects.requireNonNull(call.type())) {
            case LAUNCH_NESTED_CONTAINER_SESSION ->
                sessions.launch(
                        Objects.requireNonNull(call.launchNestedContainerSession()),
                        framing(request),
                        viewer,
                        response);
            case ATTACH_CONTAINER_OUTPUT ->
                sessions.attachOutput(
                        Objects.requireNonNull(call.attachContainerOutput()), framing(request), viewer, response);
            case ATTACH_CONTAINER_INPUT ->
                throw new Refused(400, "Expecting a stream: 'Content-Type' of application/recordio");
            default -> {
                Encoding encoding = Encoding.accepted(request.getHeader("Accept"))
                        .orElseThrow(() -> new Refused(406, "Expecting 'Accept' to allow" + BOTH));
                Optional<Response> answer = act(call, viewer);
                if (answer.isPresent()) {
                    response.setContentType(encoding.mediaType());
                    response.getOutputStream().write(encoding.encode(answer.get()));
                }
            }
        }
    }

    private static Framing framing(HttpServletRequest request) throws Refused {
        return Framing.accepted(request.getHeader("Accept"), request.getHeader("Message-Accept"))
                .orElseThrow(() -> new Refused(406, "Expecting 'Accept' to allow" + BOTH + " or application/recordio"));
    }

    /** @return empty for a call that is answered by its status alone */
    private Optional<Response> act(Call call, Viewer viewer) throws Refused, IOException, InterruptedException {
        switch (Objects.requireNonNull(call.type())) {
            case LIST_FILES -> {
                var list = files.list(Objects.requireNonNull(call.listFiles()));
                return Optional.of(Response.builder()
                        .type(Response.Type.LIST_FILES)
                        .listFiles(list)
                        .build());
            }
            case READ_FILE -> {
                var read = files.read(Objects.requireNonNull(call.readFile()));
                return Optional.of(Response.builder()
                        .type(Response.Type.READ_FILE)
                        .readFile(read)
                        .build());
            }
            case SET_LOGGING_LEVEL -> setLoggingLevel(Objects.requireNonNull(call.setLoggingLevel()), viewer);
            case PRUNE_IMAGES -> pruneImages(viewer);
            case ADD_RESOURCE_PROVIDER_CONFIG,
                    UPDATE_RESOURCE_PROVIDER_CONFIG,
                    REMOVE_RESOURCE_PROVIDER_CONFIG,
                    MARK_RESOURCE_PROVIDER_GONE ->
                throw new Refused(501, "Resource providers are not supported by this agent");
            case UNKNOWN -> throw new Refused(501, "Received 'UNKNOWN' call");
            default -> {
                Optional<Response> answer = questions.answer(call, viewer);
                return answer.isPresent() ? answer : actOnContainer(call, viewer);
            }
        }
        return Optional.empty();
    }

    private static void pruneImages(Viewer viewer) throws Refused {
        if (!viewer.may(Action.PRUNE_IMAGES)) {
            throw new Refused(403, "");
        }
        throw new Refused(501, "This agent keeps no images: those of Docker are the engine's");
    }

    private void setLoggingLevel(Call.SetLoggingLevel wanted, Viewer viewer) throws Refused {
        if (!viewer.mayRaiseLogging()) {
            throw new Refused(403, "");
        }
        Optional<String> fault = logging.raise(
                Integer.toUnsignedLong(wanted.level()),
                Duration.ofNanos(wanted.duration().nanoseconds()));
        if (fault.isPresent()) {
            throw new Refused(400, fault.get());
        }
    }

    private Optional<Response> actOnContainer(Call call, Viewer viewer)
            throws Refused, IOException, InterruptedException {
        if (call.launchNestedContainer() instanceof Call.LaunchNestedContainer launch) {
            containers.launch(
                    ContainerCalls.Wanted.nested(launch.containerId(), launch.command(), launch.container()), viewer);
        } else if (call.launchContainer() instanceof Call.LaunchContainer launch) {
            containers.launch(
                    new ContainerCalls.Wanted(
                            launch.containerId(),
                            launch.command(),
                            launch.container(),
                            launch.resources(),
                            launch.limits(),
                            false),
                    viewer);
        } else if (call.waitNestedContainer() instanceof Call.WaitNestedContainer wait) {
            return Optional.of(waited(containers.await(wait.containerId(), viewer)));
        } else if (call.waitContainer() instanceof Call.WaitContainer wait) {
            return Optional.of(Response.builder()
                    .type(Response.Type.WAIT_CONTAINER)
                    .waitContainer(containers.await(wait.containerId(), viewer))
                    .build());
        } else if (call.killNestedContainer() instanceof Call.KillNestedContainer kill) {
            containers.kill(kill.containerId(), kill.signal(), viewer);
        } else if (call.killContainer() instanceof Call.KillContainer kill) {
            containers.kill(kill.containerId(), kill.signal(), viewer);
        } else if (call.removeNestedContainer() instanceof Call.RemoveNestedContainer remove) {
            containers.remove(remove.containerId(), viewer);
        } else if (call.removeContainer() instanceof Call.RemoveContainer remove) {
            containers.remove(remove.containerId(), viewer);
        }
        return Optional.empty();
    }

    private static Response waited(Response.WaitContainer end) {
        return Response.builder()
                .type(Response.Type.WAIT_NESTED_CONTAINER)
                .waitNestedContainer(new Response.WaitNestedContainer(
                        end.exitStatus(), end.state(), end.reason(), end.limitation(), end.message()))
                .build();
    }

    private static void send(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        if (!text.isEmpty()) {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write(text);
        }
    }
}
