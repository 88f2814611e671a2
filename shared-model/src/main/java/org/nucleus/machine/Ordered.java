package org.nucleus.machine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** Immutable collections that keep their order: those of the JDK may iterate differently in another run. */
public final class Ordered {
    private Ordered() {}

    public static <K, V> SequencedMap<K, V> copyOf(Map<K, V> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }

    public static <T> SequencedSet<T> setOf(Iterable<T> elements) {
        SequencedSet<T> set = new LinkedHashSet<>();
        elements.forEach(set::add);
        return Collections.unmodifiableSequencedSet(set);
    }
}
