package org.nucleus.conformance.wire;

import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as trees; what tests write may use single quotes. */
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private Json() {}

    /** Reads a text with places of {@link String#format} filled in. */
    public static JsonNode json(String format, Object... arguments) {
        return MAPPER.readTree(arguments.length == 0 ? format : format.formatted(arguments));
    }

    /** The same for what must be an object. */
    public static ObjectNode object(String format, Object... arguments) {
        return (ObjectNode) json(format, arguments);
    }

    static JsonNode read(byte[] text) {
        return MAPPER.readTree(text);
    }
}
