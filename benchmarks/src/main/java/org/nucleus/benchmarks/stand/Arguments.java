package org.nucleus.benchmarks.stand;

import java.util.LinkedHashMap;
import java.util.Map;

/** A program's {@code name=value} arguments, each with a default. */
public final class Arguments {
    private final Map<String, String> given = new LinkedHashMap<>();

    public Arguments(String... words) {
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("Arguments are name=value; '" + word + "' is not.");
            }
            given.put(word.substring(0, equals), word.substring(equals + 1));
        }
    }

    public int number(String name, int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }

    public String text(String name, String otherwise) {
        return given.getOrDefault(name, otherwise);
    }
}
