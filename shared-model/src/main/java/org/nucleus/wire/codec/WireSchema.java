package org.nucleus.wire.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the records leave unsaid: numbers, labels and defaults of fields, numbers of enum values. Read from the
 * {@code .schema} resources beside the records, whose names are those of the records below {@code org.nucleus.wire}.
 */
final class WireSchema {
    private static final String ROOT = "org.nucleus.wire.";

    private final Map<String, List<Field>> messages = new HashMap<>();
    private final Map<String, Map<String, Integer>> enums = new HashMap<>();

    /** How often a field may occur. */
    enum Label {
        OPTIONAL,
        REQUIRED,
        REPEATED,
        PACKED,
        MAP
    }

    /** What a field holds; the names are those of the protocol's language. */
    enum Kind {
        DOUBLE,
        FLOAT,
        INT32,
        INT64,
        UINT32,
        UINT64,
        BOOL,
        STRING,
        BYTES,
        MESSAGE,
        ENUM
    }

    record Field(
            int number,
            Label label,
            Kind kind,
            String name,
            @Nullable String defaultText) {}

    static WireSchema load(String... resources) {
        WireSchema schema = new WireSchema();
        for (String resource : resources) {
            schema.read(text(resource));
        }
        return schema;
    }

    List<Field> fields(Class<?> type) {
        List<Field> fields = messages.get(nameOf(type));
        if (fields == null) {
            throw new IllegalArgumentException("No schema for " + type.getName());
        }
        return fields;
    }

    Map<String, Integer> values(Class<?> type) {
        Map<String, Integer> values = enums.get(nameOf(type));
        if (values == null) {
            throw new IllegalArgumentException("No schema for " + type.getName());
        }
        return values;
    }

    private static String nameOf(Class<?> type) {
        return type.getCanonicalName().substring(ROOT.length());
    }

    private static String text(String resource) {
        try (InputStream in = WireSchema.class.getResourceAsStream("/org/nucleus/wire/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("Missing resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String text) {
        List<Field> fields = List.of();
        Map<String, Integer> values = Map.of();
        boolean inEnum = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("message ")) {
                inEnum = false;
                fields = new ArrayList<>();
                messages.put(line.substring("message ".length()), fields);
            } else if (line.startsWith("enum ")) {
                inEnum = true;
                values = new LinkedHashMap<>();
                enums.put(line.substring("enum ".length()), values);
            } else if (line.startsWith("  ")) {
                String[] words = line.strip().split(" ");
                if (inEnum) {
                    values.put(words[1], Integer.valueOf(words[0]));
                } else {
                    fields.add(field(words));
                }
            }
        }
    }

    private static Field field(String[] words) {
        return new Field(
                Integer.parseInt(words[0]),
                Label.valueOf(words[1].toUpperCase(Locale.ROOT)),
                Kind.valueOf(words[2].toUpperCase(Locale.ROOT)),
                words[3],
                words.length > 5 ? words[5] : null);
    }
}
