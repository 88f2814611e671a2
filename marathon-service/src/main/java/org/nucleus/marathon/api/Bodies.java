package org.nucleus.marathon.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.nucleus.service.http.BoundedBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON bodies of requests. */
final class Bodies {
    static final int MOST = 8 * 1024 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private Bodies() {}

    /** Answers a request with a status and a body, from wherever it is thrown. */
    static final class Answered extends RuntimeException {
        private final int status;
        private final transient ObjectNode body;

        Answered(int status, ObjectNode body) {
            super(body.path("message").asString(""));
            this.status = status;
            this.body = body;
        }

        int status() {
            return status;
        }

        ObjectNode body() {
            return body;
        }
    }

    static Answered refusal(int status, String message) {
        return new Answered(status, message(message));
    }

    /** Like {@link #refusal}, in the form that the original gives to things it looked for in vain. */
    static Answered notFound(String message) {
        ObjectNode body = message(message);
        body.putArray("details");
        return new Answered(404, body);
    }

    static ObjectNode message(String message) {
        return JsonNodeFactory.instance.objectNode().put("message", message);
    }

    static JsonNode read(HttpServletRequest request) throws IOException {
        String type = request.getContentType();
        if (type != null && !type.isBlank() && !type.contains("json")) {
            throw refusal(415, "Unsupported Media Type");
        }
        byte[] body = BoundedBody.read(request, MOST);
        if (body.length == 0) {
            throw new Answered(
                    400,
                    message("Please specify data in JSON format")
                            .put("details", "No content to map due to end-of-input"));
        }
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new Answered(400, message("Invalid JSON").put("details", e.getOriginalMessage()));
        }
    }
}
