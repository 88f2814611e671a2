package org.nucleus.marathon.api.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of one JSON object, read with the complaints of Marathon's JSON layer. A null counts as absent. */
final class Fields {
    private final ObjectNode object;
    private final String path;
    private final Problems problems;

    Fields(ObjectNode object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    String at(String name) {
        return path + "/" + name;
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    @Nullable
    JsonNode raw(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    @Nullable
    String text(String name) {
        JsonNode node = raw(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            problems.add(at(name), "error.expected.jsstring");
            return null;
        }
        return node.stringValue();
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    String required(String name) {
        if (!has(name)) {
            problems.add(at(name), "'" + name + "' is undefined on object: " + object);
            return "";
        }
        return text(name, "");
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode node = raw(name);
        if (node == null) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            problems.add(at(name), "error.expected.jsboolean");
            return otherwise;
        }
        return node.booleanValue();
    }

    int whole(String name, int otherwise, int least, int most) {
        Integer number = whole(name, least, most);
        return number == null ? otherwise : number;
    }

    @Nullable
    Integer whole(String name, int least, int most) {
        BigDecimal number = number(name, least, most);
        if (number == null) {
            return null;
        }
        if (number.stripTrailingZeros().scale() > 0) {
            problems.add(at(name), "error.expected.jsnumber");
            return null;
        }
        return number.intValue();
    }

    double real(String name, double otherwise, double least, double most) {
        BigDecimal number = number(name, least, most);
        return number == null ? otherwise : number.doubleValue();
    }

    /** A field that must be there. */
    double requiredReal(String name, double least, double most) {
        if (!has(name)) {
            problems.add(at(name), "'" + name + "' is undefined on object: " + object);
            return least;
        }
        return real(name, least, least, most);
    }

    /** An amount of a resource, in thousandths. */
    long thousandths(String name, double otherwise) {
        BigDecimal number = number(name, 0, Integer.MAX_VALUE);
        return (number == null ? BigDecimal.valueOf(otherwise) : number)
                .movePointRight(3)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValue();
    }

    private @Nullable BigDecimal number(String name, double least, double most) {
        JsonNode node = raw(name);
        if (node == null) {
            return null;
        }
        if (!node.isNumber()) {
            problems.add(at(name), "error.expected.jsnumber");
            return null;
        }
        BigDecimal number = node.decimalValue();
        if (number.doubleValue() < least) {
            problems.add(at(name), "error.min");
            return null;
        }
        if (number.doubleValue() > most) {
            problems.add(at(name), "error.max");
            return null;
        }
        return number;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        elements(name, (node, at) -> {
            if (node.isString()) {
                texts.add(node.stringValue());
            } else {
                problems.add(at, "error.expected.jsstring");
            }
        });
        return texts;
    }

    Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        JsonNode node = raw(name);
        if (node != null && !node.isObject()) {
            problems.add(at(name), "error.expected.jsobject");
        } else if (node != null) {
            node.properties().forEach(property -> {
                if (property.getValue().isString()) {
                    map.put(property.getKey(), property.getValue().stringValue());
                } else {
                    problems.add(at(name) + "/" + property.getKey(), "error.expected.jsstring");
                }
            });
        }
        return map;
    }

    /** One member of an object, with its path. */
    interface Entry {
        void take(String key, JsonNode value, String at);
    }

    void entries(String name, Entry each) {
        JsonNode node = raw(name);
        if (node == null) {
            return;
        }
        if (!node.isObject()) {
            problems.add(at(name), "error.expected.jsobject");
            return;
        }
        node.properties()
                .forEach(entry -> each.take(entry.getKey(), entry.getValue(), at(name) + "/" + entry.getKey()));
    }

    /** The object called {@code name}, or one without fields. */
    @Nullable
    Fields object(String name) {
        JsonNode node = raw(name);
        if (node == null) {
            return null;
        }
        if (node instanceof ObjectNode found) {
            return new Fields(found, at(name), problems);
        }
        problems.add(at(name), "error.expected.jsobject");
        return null;
    }

    void objects(String name, Consumer<Fields> each) {
        elements(name, (node, at) -> {
            if (node instanceof ObjectNode found) {
                each.accept(new Fields(found, at, problems));
            } else {
                problems.add(at, "error.expected.jsobject");
            }
        });
    }

    void elements(String name, BiConsumer<JsonNode, String> each) {
        JsonNode node = raw(name);
        if (node == null) {
            return;
        }
        if (!node.isArray()) {
            problems.add(at(name), "error.expected.jsarray");
            return;
        }
        for (int i = 0; i < node.size(); i++) {
            each.accept(node.get(i), at(name) + "(" + i + ")");
        }
    }

    <E extends Enum<E>> E choice(String name, E otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        problems.add(at(name), "error.unknown.enum.literal");
        return otherwise;
    }
}
