package org.nucleus.chronos.store.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.store.RunSearch;

/** Looks runs up, latest first. */
final class RunHistory {
    private static final char ESCAPE = '!';

    private final EntityManager entities;

    RunHistory(EntityManager entities) {
        this.entities = entities;
    }

    List<Run> find(RunSearch search) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<RunRow> query = builder.createQuery(RunRow.class);
        Root<RunRow> run = query.from(RunRow.class);
        query.where(conditions(search, builder, run).toArray(Predicate[]::new));
        query.orderBy(builder.desc(run.get("enqueued")), builder.desc(run.get("id")));
        return entities
                .createQuery(query)
                .setFirstResult(search.offset())
                .setMaxResults(search.limit())
                .getResultList()
                .stream()
                .map(RunRow::run)
                .toList();
    }

    private static List<Predicate> conditions(RunSearch search, CriteriaBuilder builder, Root<RunRow> run) {
        List<Predicate> all = new ArrayList<>();
        if (search.job() != null) {
            all.add(builder.equal(run.get("job"), search.job()));
        }
        if (search.state() != null) {
            all.add(state(search.state(), builder, run));
        }
        if (search.text() != null) {
            String pattern = "%" + escaped(search.text().toLowerCase(Locale.ROOT)) + "%";
            all.add(builder.or(Stream.of("message", "task", "hostname")
                    .map(field -> builder.like(builder.lower(run.get(field)), pattern, ESCAPE))
                    .toArray(Predicate[]::new)));
        }
        if (search.from() != null) {
            all.add(builder.greaterThanOrEqualTo(run.get("enqueued"), search.from()));
        }
        if (search.to() != null) {
            all.add(builder.lessThan(run.get("enqueued"), search.to()));
        }
        return all;
    }

    private static Predicate state(String name, CriteriaBuilder builder, Root<RunRow> run) {
        boolean outcome =
                Stream.of(Outcome.values()).anyMatch(known -> known.name().equals(name));
        return outcome
                ? builder.equal(run.get("outcome"), Outcome.valueOf(name))
                : builder.equal(run.get("state"), RunRow.State.valueOf(name));
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
