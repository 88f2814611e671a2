package org.nucleus.marathon.api.format;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads environments, whose values may be names of secrets, and the secrets' sources. */
final class SecretReader {
    private SecretReader() {}

    static Map<String, String> env(Fields fields, String name) {
        Map<String, String> values = new LinkedHashMap<>();
        fields.entries(name, (key, node, at) -> {
            if (node.isString()) {
                values.put(key, node.stringValue());
            } else if (!node.path("secret").isString()) {
                fields.problems().add(at, "error.expected.jsstring");
            }
        });
        return values;
    }

    /** Variables and the names of their secrets. */
    static Map<String, String> secretEnv(Fields fields, String name) {
        Map<String, String> names = new LinkedHashMap<>();
        fields.entries(name, (key, node, _) -> {
            JsonNode secret = node.path("secret");
            if (secret.isString()) {
                names.put(key, secret.stringValue());
            }
        });
        return names;
    }

    static Map<String, String> secrets(Fields fields) {
        Map<String, String> sources = new LinkedHashMap<>();
        fields.entries("secrets", (key, node, at) -> {
            if (node.path("source").isString()) {
                sources.put(key, node.path("source").stringValue());
            } else {
                fields.problems().add(at + "/source", "error.path.missing");
            }
        });
        return sources;
    }
}
