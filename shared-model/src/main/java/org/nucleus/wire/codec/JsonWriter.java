package org.nucleus.wire.codec;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Bytes;
import tools.jackson.core.JsonGenerator;

/** Writes records of known shape to one generator. */
final class JsonWriter {
    private final Shapes shapes;
    private final JsonGenerator out;

    JsonWriter(Shapes shapes, JsonGenerator out) {
        this.shapes = shapes;
        this.out = out;
    }

    void message(Shape shape, Object message) {
        out.writeStartObject();
        for (Shape.Field field : shape.fields) {
            Object value = field.get(message);
            if (value != null && !isEmpty(value)) {
                out.writeName(field.name);
                value(field, value);
            }
        }
        out.writeEndObject();
    }

    private static boolean isEmpty(Object value) {
        return value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> map && map.isEmpty();
    }

    private void value(Shape.Field field, Object value) {
        switch (field.label) {
            case OPTIONAL, REQUIRED -> one(field, value);
            case REPEATED, PACKED -> {
                out.writeStartArray();
                ((List<?>) value).forEach(element -> one(field, element));
                out.writeEndArray();
            }
            case MAP -> {
                out.writeStartObject();
                ((Map<?, ?>) value).forEach((key, element) -> {
                    out.writeName((String) key);
                    one(field, element);
                });
                out.writeEndObject();
            }
        }
    }

    private void one(Shape.Field field, @Nullable Object element) {
        Object value = Objects.requireNonNull(element);
        switch (field.kind) {
            case DOUBLE -> out.writeNumber((double) value);
            case FLOAT -> out.writeNumber((float) value);
            case INT32 -> out.writeNumber((int) value);
            case UINT32 -> out.writeNumber(Integer.toUnsignedLong((int) value));
            case INT64, UINT64 -> out.writeNumber((long) value);
            case BOOL -> out.writeBoolean((boolean) value);
            case STRING -> out.writeString((String) value);
            case BYTES -> out.writeString(((Bytes) value).toBase64());
            case ENUM -> out.writeString(((Enum<?>) value).name());
            case MESSAGE -> message(field.shape(shapes), value);
        }
    }
}
