package org.nucleus.conformance.wire;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** A finite answer. */
public record Reply(int status, HttpHeaders headers, byte[] bytes) {
    /** A header's first value, or the empty text. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return Json.read(bytes);
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}
