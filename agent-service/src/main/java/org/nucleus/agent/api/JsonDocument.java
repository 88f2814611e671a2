package org.nucleus.agent.api;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.Resource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON documents of the original's endpoints, which are older than its messages and have shapes of their own.
 */
final class JsonDocument {
    private static final JsonMapper MAPPER = new JsonMapper();
    /** Written even when there is none of them: readers take their existence for granted. */
    private static final List<String> ALWAYS = List.of("cpus", "gpus", "mem", "disk");

    private JsonDocument() {}

    static byte[] write(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2_048);
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            content.accept(json);
        }
        return out.toByteArray();
    }

    static void field(JsonGenerator json, String name, Consumer<JsonGenerator> object) {
        json.writeObjectPropertyStart(name);
        object.accept(json);
        json.writeEndObject();
    }

    static <T> void array(JsonGenerator json, String name, Iterable<T> elements, Consumer<T> element) {
        json.writeArrayPropertyStart(name);
        elements.forEach(element);
        json.writeEndArray();
    }

    /** {@code {"cpus":2.0,"gpus":0.0,…,"ports":"[31000-32000]"}}. Source: common/http.cpp, model(Resources). */
    static void resources(JsonGenerator json, String name, List<Resource> resources) {
        Resources all = Resources.of(resources);
        Resources sum = all.nonRevocable();
        json.writeObjectPropertyStart(name);
        for (String always : ALWAYS) {
            json.writeNumberProperty(always, sum.thousandths(always) / 1000.0);
        }
        for (Scalar scalar : sum.scalars()) {
            if (!ALWAYS.contains(scalar.name())) {
                json.writeNumberProperty(scalar.name(), scalar.thousandths() / 1000.0);
            }
        }
        for (Scalar scalar : all.revocable().scalars()) {
            json.writeNumberProperty(scalar.name() + "_revocable", scalar.thousandths() / 1000.0);
        }
        if (!sum.ports().isEmpty()) {
            json.writeStringProperty("ports", text(sum));
        }
        json.writeEndObject();
    }

    private static String text(Resources resources) {
        List<String> ranges = resources.ports().stream()
                .map(range -> range.begin() + "-" + range.end())
                .toList();
        return "[" + String.join(", ", ranges) + "]";
    }
}
