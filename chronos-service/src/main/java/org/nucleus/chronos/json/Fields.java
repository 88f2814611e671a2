package org.nucleus.chronos.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, as lenient as the original: numbers and booleans may come as text, null means absent.
 * What can't be read so is refused by name.
 */
record Fields(JsonNode node, String path) {

    static Fields of(JsonNode node, String what) {
        if (!node.isObject()) {
            throw new BadJob(what + " must be a JSON object");
        }
        return new Fields(node, "");
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String text(String name, String absent) {
        if (!has(name)) {
            return absent;
        }
        JsonNode value = node.get(name);
        if (value.isContainer()) {
            throw wrong(name, "a text");
        }
        return value.asString();
    }

    boolean flag(String name, boolean absent) {
        if (!has(name)) {
            return absent;
        }
        JsonNode value = node.get(name);
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (text(name, "")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    double amount(String name) {
        if (!has(name)) {
            return 0;
        }
        try {
            double value = Double.parseDouble(text(name, "0"));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // refused below, as an infinite number is
        }
        throw wrong(name, "a number");
    }

    long whole(String name, long absent) {
        if (!has(name)) {
            return absent;
        }
        double value = amount(name);
        if (value != Math.rint(value) || Math.abs(value) > 1e15) {
            throw wrong(name, "a whole number");
        }
        return (long) value;
    }

    <T extends Enum<T>> T choice(String name, Class<T> type, T absent) {
        if (!has(name)) {
            return absent;
        }
        String text = text(name, "");
        for (T value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw wrong(name, "one of " + List.of(type.getEnumConstants()));
    }

    <T> List<T> list(String name, Function<JsonNode, T> element) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode value = node.get(name);
        if (!value.isArray()) {
            throw wrong(name, "a list");
        }
        List<T> all = new ArrayList<>();
        value.forEach(each -> all.add(element.apply(each)));
        return all;
    }

    List<String> texts(String name) {
        return list(name, value -> {
            if (value.isContainer() || value.isNull()) {
                throw wrong(name, "a list of texts");
            }
            return value.asString();
        });
    }

    <T> List<T> objects(String name, Function<Fields, T> element) {
        return list(name, value -> {
            if (!value.isObject()) {
                throw wrong(name, "a list of objects");
            }
            return element.apply(new Fields(value, path + name + "."));
        });
    }

    Fields object(String name) {
        JsonNode value = node.get(name);
        if (!value.isObject()) {
            throw wrong(name, "an object");
        }
        return new Fields(value, path + name + ".");
    }

    BadJob wrong(String name, String expected) {
        return new BadJob("'" + path + name + "' must be " + expected);
    }
}
