package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with a body, by path, in the order in which it was found. */
public final class Problems {
    private final Map<String, List<String>> byPath = new LinkedHashMap<>();

    /** @param path {@code /field/sub}, list index as {@code (0)}; {@code /} for the whole */
    public void add(String path, String error) {
        byPath.computeIfAbsent(path, _ -> new ArrayList<>()).add(error);
    }

    public boolean isEmpty() {
        return byPath.isEmpty();
    }

    /** The body of a 422. */
    public ObjectNode body(String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", message);
        ArrayNode details = body.putArray("details");
        byPath.forEach((path, errors) -> {
            ArrayNode list = details.addObject().put("path", path).putArray("errors");
            errors.forEach(list::add);
        });
        return body;
    }

    /** Thrown to answer 422 with {@link #body}. */
    public static final class Refused extends RuntimeException {
        private final transient ObjectNode body;

        public Refused(String message, Problems problems) {
            super(message);
            this.body = problems.body(message);
        }

        public ObjectNode body() {
            return body;
        }
    }
}
