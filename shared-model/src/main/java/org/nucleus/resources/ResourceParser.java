package org.nucleus.resources;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.JsonCodec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what an operator writes: {@code cpus:24;mem:24576;ports:[21000-24000,30000-34000];bugs(role):{a,b,c}}, a JSON
 * array of Resource, or {@code file:///path} to either; and attributes, {@code rack:abc;level:10;keys:[1000-1500]}.
 * Source: the original's attributes-resources documentation.
 */
public final class ResourceParser {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,19})-(\\d{1,19})");

    private ResourceParser() {}

    /**
     * @param defaultRole the role of what names none; {@code *} leaves it to everybody
     * @throws InvalidResources naming the part at fault
     */
    public static Resources parse(String textOrJsonOrFileUrl, String defaultRole) {
        String text = read(textOrJsonOrFileUrl).strip();
        List<Resource> resources = text.startsWith("[") ? fromJson(text, defaultRole) : fromText(text, defaultRole);
        resources.forEach(ResourceParser::checkForCommandLine);
        checkTypes(resources);
        return Resources.of(resources);
    }

    /**
     * @throws InvalidResources naming the part at fault
     */
    public static List<Attribute> attributes(String text) {
        List<Attribute> attributes = new ArrayList<>();
        for (String part : parts(read(text))) {
            int colon = part.indexOf(':');
            if (colon <= 0 || colon == part.length() - 1) {
                throw new InvalidResources("Invalid attribute key:value pair '" + part + "'");
            }
            attributes.add(attribute(part.substring(0, colon).strip(), value(part.substring(colon + 1), part)));
        }
        return attributes;
    }

    private static Attribute attribute(String name, Value value) {
        if (value.type() == Value.Type.SET) {
            throw new InvalidResources("Attribute '" + name + "' is a set; it can be a text, a scalar or ranges");
        }
        return Attribute.builder()
                .name(name)
                .type(value.type())
                .scalar(value.scalar())
                .ranges(value.ranges())
                .text(value.text())
                .build();
    }

    private static String read(String text) {
        if (!text.startsWith("file://")) {
            return text;
        }
        try {
            return Files.readString(Path.of(URI.create(text)));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidResources("Cannot read '" + text + "': " + e.getMessage(), e);
        }
    }

    private static List<String> parts(String text) {
        return Pattern.compile("[;\n]")
                .splitAsStream(text)
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static List<Resource> fromText(String text, String defaultRole) {
        return parts(text).stream().map(part -> resource(part, defaultRole)).toList();
    }

    private static Resource resource(String part, String defaultRole) {
        int colon = part.indexOf(':');
        if (colon < 0 || part.indexOf(':', colon + 1) >= 0) {
            throw new InvalidResources("Bad value for resources, missing or extra ':' in " + part);
        }
        String key = part.substring(0, colon).strip();
        int open = key.indexOf('(');
        boolean matched = open < 0 ? key.indexOf(')') < 0 : key.endsWith(")");
        if (!matched) {
            throw new InvalidResources("Bad value for resources, mismatched parentheses in " + part);
        }
        String name = open < 0 ? key : key.substring(0, open).strip();
        String role = open < 0
                ? defaultRole
                : key.substring(open + 1, key.length() - 1).strip();
        Value value = value(part.substring(colon + 1), part);
        if (value.type() == Value.Type.TEXT) {
            throw new InvalidResources(
                    "Bad type for resource " + name + " value " + part.substring(colon + 1) + " type TEXT");
        }
        return Resource.builder()
                .name(name)
                .type(value.type())
                .scalar(value.scalar())
                .ranges(value.ranges())
                .set(value.set())
                .role(role)
                .build();
    }

    private static Value value(String text, String part) {
        String bare = text.strip();
        if (bare.isEmpty()) {
            throw new InvalidResources("Expecting a value in '" + part + "'");
        }
        if (bare.startsWith("[")) {
            return Value.builder()
                    .type(Value.Type.RANGES)
                    .ranges(ranges(bare, part))
                    .build();
        }
        if (bare.startsWith("{")) {
            var items = new Value.Set(elements(bare, '}', part));
            return Value.builder().type(Value.Type.SET).set(items).build();
        }
        if (NUMBER.matcher(bare).matches()) {
            var number = new Value.Scalar(Double.parseDouble(bare));
            return Value.builder().type(Value.Type.SCALAR).scalar(number).build();
        }
        return Value.builder().type(Value.Type.TEXT).text(new Value.Text(bare)).build();
    }

    private static Value.Ranges ranges(String bare, String part) {
        List<Value.Range> ranges = new ArrayList<>();
        for (String element : elements(bare, ']', part)) {
            var matcher = RANGE.matcher(element.replace(" ", ""));
            if (!matcher.matches()) {
                throw new InvalidResources("Expecting 'begin-end', found '" + element + "' in '" + part + "'");
            }
            try {
                ranges.add(new Value.Range(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
            } catch (NumberFormatException e) {
                throw new InvalidResources("Range '" + element + "' in '" + part + "' is too large", e);
            }
        }
        return new Value.Ranges(ranges);
    }

    private static List<String> elements(String bare, char close, String part) {
        if (bare.charAt(bare.length() - 1) != close || bare.indexOf(close) != bare.length() - 1) {
            throw new InvalidResources("Expecting '" + close + "' at the end of '" + part + "'");
        }
        String inside = bare.substring(1, bare.length() - 1).strip();
        return inside.isEmpty()
                ? List.of()
                : Pattern.compile(",").splitAsStream(inside).map(String::strip).toList();
    }

    private static List<Resource> fromJson(String text, String defaultRole) {
        JsonNode array;
        try {
            array = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidResources("The JSON of resources is malformed: " + e.getOriginalMessage(), e);
        }
        List<Resource> resources = new ArrayList<>();
        int position = 0;
        for (JsonNode element : array) {
            resources.add(withRole(fromJson(element, position++), defaultRole));
        }
        return resources;
    }

    private static Resource fromJson(JsonNode element, int position) {
        try {
            return JsonCodec.v1().decode(JSON.writeValueAsBytes(element), Resource.class);
        } catch (BadMessage e) {
            throw new InvalidResources("Resource " + position + " of the JSON array: " + e.getMessage(), e);
        }
    }

    private static Resource withRole(Resource resource, String defaultRole) {
        boolean named = resource.role() != null || !resource.reservations().isEmpty();
        return named ? resource : resource.toBuilder().role(defaultRole).build();
    }

    /** Some things only come about while the cluster runs. */
    private static void checkForCommandLine(Resource resource) {
        if (resource.disk() != null && resource.disk().persistence() != null) {
            throw new InvalidResources("Persistent volumes cannot be specified at the command line");
        }
        if (resource.revocable() != null) {
            throw new InvalidResources("Revocable resources cannot be specified at the command line; do not include"
                    + " a 'revocable' key in the resources JSON");
        }
        boolean dynamic = resource.reservations().stream()
                .anyMatch(reservation -> reservation.type() == Resource.ReservationInfo.Type.DYNAMIC);
        if (dynamic || resource.reservation() != null) {
            throw new InvalidResources("Dynamic reservations cannot be specified at the command line; do not include"
                    + " a 'reservation' key in the resources JSON");
        }
    }

    private static void checkTypes(List<Resource> resources) {
        Map<String, Value.Type> types = new LinkedHashMap<>();
        for (Resource resource : resources) {
            Value.Type before = types.putIfAbsent(resource.name(), resource.type());
            if (before != null && before != resource.type()) {
                throw new InvalidResources(
                        "Resources with the same name ('" + resource.name() + "') but different types are not allowed");
            }
        }
    }
}
