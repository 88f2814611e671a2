package org.nucleus.marathon.store.jpa;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;

/**
 * What a commit does to one table: the last word on each key. Rows that are there are read with one query and changed,
 * the others inserted, so that storing the same again is harmless.
 *
 * @param <R> the table's row
 */
final class Batch<R extends Row<R>> {
    private final Map<String, @Nullable R> last = new LinkedHashMap<>();

    void put(R row) {
        last.put(row.key(), row);
    }

    void remove(String key) {
        last.put(key, null);
    }

    void flush(JpaRepository<R, String> table) {
        if (last.isEmpty()) {
            return;
        }
        Map<String, R> there = new LinkedHashMap<>();
        table.findAllById(last.keySet()).forEach(row -> there.put(row.key(), row));
        last.forEach((key, row) -> {
            R stored = there.get(key);
            if (row == null) {
                if (stored != null) {
                    table.delete(stored);
                }
            } else if (stored != null) {
                stored.become(row);
            } else {
                table.save(row);
            }
        });
    }
}
