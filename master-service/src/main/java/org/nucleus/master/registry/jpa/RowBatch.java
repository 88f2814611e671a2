package org.nucleus.master.registry.jpa;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.data.domain.Persistable;
import org.springframework.data.jpa.repository.JpaRepository;

/**
 * The rows of one kind that one commit touches: read with one query, changed in memory, written by one flush. Later
 * changes of a row see the earlier ones.
 */
final class RowBatch<R extends Persistable<String>> {
    /** A statement of PostgreSQL takes 65,535 parameters. */
    private static final int IDS_MOST = 8_192;

    private final JpaRepository<R, String> rows;
    private final Function<String, R> fresh;
    private final Map<String, R> present;
    private final Set<String> deleted = new LinkedHashSet<>();
    private final Map<String, R> created = new LinkedHashMap<>();

    RowBatch(JpaRepository<R, String> rows, Function<String, R> fresh, Set<String> touched) {
        this.rows = rows;
        this.fresh = fresh;
        this.present = read(rows, List.copyOf(touched));
    }

    private static <R extends Persistable<String>> Map<String, R> read(
            JpaRepository<R, String> rows, List<String> touched) {
        Map<String, R> present = new LinkedHashMap<>();
        for (int i = 0; i < touched.size(); i += IDS_MOST) {
            List<String> ids = touched.subList(i, Math.min(touched.size(), i + IDS_MOST));
            rows.findAllById(ids).forEach(row -> present.put(row.getId(), row));
        }
        return present;
    }

    /** The row to be written as {@code id}, new or known. */
    R write(String id) {
        deleted.remove(id);
        R known = present.get(id);
        return known != null ? known : created.computeIfAbsent(id, fresh);
    }

    Optional<R> find(String id) {
        if (deleted.contains(id)) {
            return Optional.empty();
        }
        R known = present.get(id);
        return Optional.ofNullable(known != null ? known : created.get(id));
    }

    void delete(String id) {
        created.remove(id);
        deleted.add(id);
    }

    void flush() {
        if (present.isEmpty() && created.isEmpty()) {
            return; // nothing was touched, or nothing of that is there
        }
        rows.saveAll(created.values());
        rows.deleteAll(
                deleted.stream().filter(present::containsKey).map(present::get).toList());
        rows.flush();
    }
}
