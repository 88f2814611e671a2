package org.nucleus.master.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line of a scenario: plain words in their order, and {@code name=value} pairs. */
record Words(List<String> plain, Map<String, String> named) {
    static Words of(String line) {
        List<String> plain = new ArrayList<>();
        Map<String, String> named = new LinkedHashMap<>();
        for (String word : line.strip().split("\\s+")) {
            int sign = word.indexOf('=');
            if (sign < 0) {
                plain.add(word);
            } else {
                named.put(word.substring(0, sign), word.substring(sign + 1));
            }
        }
        return new Words(plain, named);
    }

    String word(int position) {
        return plain.get(position);
    }

    String value(String name, String otherwise) {
        return named.getOrDefault(name, otherwise);
    }

    List<String> values(String name) {
        String text = named.get(name);
        return text == null ? List.of() : List.of(text.split(","));
    }

    /** The pairs that are resources, as flags write them: {@code cpus:4;mem:8192}. */
    String resources() {
        List<String> parts = new ArrayList<>();
        for (String name : List.of("cpus", "mem", "disk", "gpus", "ports", "cpus(ads)", "mem(ads)")) {
            if (named.containsKey(name)) {
                parts.add(name + ":" + named.get(name));
            }
        }
        return String.join(";", parts);
    }
}
