package org.nucleus.master.api.legacy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;
import org.nucleus.wire.codec.JsonCodec;
import tools.jackson.core.JsonGenerator;

/**
 * Resources as the endpoints of old show them: one number or text per name, with cpus, gpus, mem and disk always there.
 * Source: common/http.cpp, model(const Resources&).
 */
final class ResourceJson {
    private static final double THOUSAND = 1_000.0;

    private ResourceJson() {}

    static void write(JsonGenerator json, String name, Resources resources) {
        json.writeName(name);
        write(json, resources);
    }

    static void write(JsonGenerator json, Resources resources) {
        Map<String, Long> scalars = new LinkedHashMap<>();
        for (String always : List.of("cpus", "gpus", "mem", "disk")) {
            scalars.put(always, 0L);
        }
        Map<String, StringJoiner> texts = new TreeMap<>();
        for (Resource resource : resources.toList()) {
            String name = resource.revocable() == null ? resource.name() : resource.name() + "_revocable";
            if (resource.scalar() != null) {
                scalars.merge(name, Math.round(resource.scalar().value() * THOUSAND), Long::sum);
            } else if (resource.ranges() != null) {
                StringJoiner text = texts.computeIfAbsent(name, _ -> new StringJoiner(", ", "[", "]"));
                resource.ranges().range().forEach(range -> text.add(range.begin() + "-" + range.end()));
            } else if (resource.set() != null) {
                StringJoiner text = texts.computeIfAbsent(name, _ -> new StringJoiner(", ", "{", "}"));
                resource.set().item().forEach(text::add);
            }
        }
        json.writeStartObject();
        scalars.forEach((name, thousandths) -> json.writeNumberProperty(name, thousandths / THOUSAND));
        texts.forEach((name, text) -> json.writeStringProperty(name, text.toString()));
        json.writeEndObject();
    }

    /** Per role what is reserved to it. */
    static void writeReserved(JsonGenerator json, String name, Resources resources) {
        json.writeObjectPropertyStart(name);
        resources.reservations().forEach((role, reserved) -> write(json, role, reserved));
        json.writeEndObject();
    }

    /** Per role the messages of what is reserved to it. */
    static void writeReservedFull(JsonGenerator json, String name, Resources resources) {
        json.writeObjectPropertyStart(name);
        resources.reservations().forEach((role, reserved) -> writeFull(json, role, reserved));
        json.writeEndObject();
    }

    static void writeFull(JsonGenerator json, String name, Resources resources) {
        json.writeArrayPropertyStart(name);
        resources.toList().forEach(resource -> JsonCodec.v1().write(json, resource));
        json.writeEndArray();
    }

    static void writeAttributes(JsonGenerator json, List<Attribute> attributes) {
        json.writeObjectPropertyStart("attributes");
        for (Attribute attribute : attributes) {
            if (attribute.scalar() != null) {
                json.writeNumberProperty(attribute.name(), attribute.scalar().value());
            } else if (attribute.text() != null) {
                json.writeStringProperty(attribute.name(), attribute.text().value());
            } else if (attribute.ranges() != null) {
                json.writeStringProperty(attribute.name(), text(attribute.ranges()));
            }
        }
        json.writeEndObject();
    }

    private static String text(Value.Ranges ranges) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        ranges.range().forEach(range -> text.add(range.begin() + "-" + range.end()));
        return text.toString();
    }
}
