package org.nucleus.wire.codec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.codec.WireSchema.Label;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads records of known shape from one parser. Lenient where the originals are: unknown fields, null, quoted numbers
 * and booleans, a bare value for a list, unknown names of enums that are not required.
 */
final class JsonReader {
    private final Shapes shapes;
    private final JsonParser in;

    JsonReader(Shapes shapes, JsonParser in) {
        this.shapes = shapes;
        this.in = in;
    }

    /** Reads the object whose opening brace is the current token. */
    Object message(Shape shape) {
        @Nullable Object[] values = new Object[shape.fields.length];
        while (in.nextToken() != JsonToken.END_OBJECT) {
            Shape.Field field = shape.field(in.currentName());
            JsonToken token = in.nextToken();
            if (field == null) {
                in.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                values[field.index] = within(field, token);
            }
        }
        return shape.construct(values);
    }

    private @Nullable Object within(Shape.Field field, JsonToken token) {
        try {
            return switch (field.label) {
                case OPTIONAL, REQUIRED -> one(field, token);
                case REPEATED, PACKED -> list(field, token);
                case MAP -> map(field, token);
            };
        } catch (BadMessage e) {
            throw e.within(field.name);
        }
    }

    private List<Object> list(Shape.Field field, JsonToken token) {
        List<Object> elements = new ArrayList<>();
        if (token != JsonToken.START_ARRAY) {
            add(elements, one(field, token));
            return elements;
        }
        for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
            add(elements, one(field, next));
        }
        return elements;
    }

    private static void add(List<Object> elements, @Nullable Object element) {
        if (element != null) {
            elements.add(element);
        }
    }

    private Map<String, Object> map(Shape.Field field, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            throw unexpected(token);
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            Object element = one(field, in.nextToken());
            if (element != null) {
                entries.put(key, element);
            }
        }
        return entries;
    }

    private @Nullable Object one(Shape.Field field, JsonToken token) {
        return switch (field.kind) {
            case DOUBLE -> decimal(token);
            case FLOAT -> (float) decimal(token);
            case INT32 -> (int) whole(token, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT32 -> (int) whole(token, 0, 0xFFFF_FFFFL);
            case INT64 -> whole(token, Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT64 -> whole(token, 0, Long.MAX_VALUE);
            case BOOL -> bool(token);
            case STRING -> text(token);
            case BYTES -> bytes(token);
            case ENUM -> named(field, token);
            case MESSAGE -> {
                if (token != JsonToken.START_OBJECT) {
                    throw unexpected(token);
                }
                yield message(field.shape(shapes));
            }
        };
    }

    private double decimal(JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return in.getDoubleValue();
        }
        String text = text(token);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new BadMessage("Expecting a number, not '" + text + "'");
        }
    }

    private long whole(JsonToken token, long least, long most) {
        long value = whole(token);
        if (value < least || value > most) {
            throw new BadMessage("The number " + value + " is out of range");
        }
        return value;
    }

    private long whole(JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return in.getLongValue();
        }
        String text = token == JsonToken.VALUE_NUMBER_FLOAT ? in.getString() : text(token);
        try {
            return new BigDecimal(text).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new BadMessage("Expecting a whole number, not '" + text + "'");
        }
    }

    private boolean bool(JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING ->
                switch (in.getString()) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new BadMessage("Expecting true or false, not '" + in.getString() + "'");
                };
            default -> throw unexpected(token);
        };
    }

    private String text(JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            throw unexpected(token);
        }
        return in.getString();
    }

    private Bytes bytes(JsonToken token) {
        try {
            return Bytes.fromBase64(text(token));
        } catch (IllegalArgumentException e) {
            throw new BadMessage("Expecting base64");
        }
    }

    private @Nullable Object named(Shape.Field field, JsonToken token) {
        Shape.EnumNames names = Objects.requireNonNull(field.ofEnum);
        Object constant = token == JsonToken.VALUE_NUMBER_INT
                ? names.byNumber((int) whole(token, Integer.MIN_VALUE, Integer.MAX_VALUE))
                : names.byName(text(token));
        if (constant == null && field.label == Label.REQUIRED) {
            throw new BadMessage("Unknown value '" + in.getString() + "'");
        }
        return constant;
    }

    private static BadMessage unexpected(JsonToken token) {
        return new BadMessage("Not expecting "
                + switch (token) {
                    case START_OBJECT -> "a JSON object";
                    case START_ARRAY -> "a JSON array";
                    case VALUE_STRING -> "a JSON string";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a JSON number";
                    case VALUE_TRUE, VALUE_FALSE -> "a JSON boolean";
                    default -> "JSON " + token;
                });
    }
}
