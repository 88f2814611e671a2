package org.nucleus.service.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What strangers make us remember: at most {@code most} entries, each for a fixed time; the oldest goes first. */
final class ExpiringMap<V> {
    private record Entry<V>(V value, Instant until) {}

    private final int most;
    private final Duration life;
    private final InstantSource clock;
    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();

    ExpiringMap(int most, Duration life, InstantSource clock) {
        this.most = most;
        this.life = life;
        this.clock = clock;
    }

    synchronized void put(String key, V value) {
        Instant now = clock.instant();
        var oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry<V> entry = oldest.next();
            if (entries.size() < most && now.isBefore(entry.until())) {
                break;
            }
            oldest.remove();
        }
        entries.put(key, new Entry<>(value, now.plus(life)));
    }

    synchronized Optional<V> get(String key) {
        return Optional.ofNullable(entries.get(key)).filter(this::isAlive).map(Entry::value);
    }

    synchronized Optional<V> remove(String key) {
        return Optional.ofNullable(entries.remove(key)).filter(this::isAlive).map(Entry::value);
    }

    private boolean isAlive(Entry<V> entry) {
        return clock.instant().isBefore(entry.until());
    }
}
