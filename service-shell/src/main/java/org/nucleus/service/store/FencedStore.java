package org.nucleus.service.store;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Journal;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A service's schema, written only in the latest leader's term. Terms are numbered by the row {@code leadership.epoch}:
 * who is elected counts it up, and every transaction begins by updating it where it is still the writer's own, so that
 * a deposed leader's transaction changes nothing.
 */
public final class FencedStore {
    /** SQLSTATE classes that may pass: connection, rollback, resources, operator intervention, system error. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57", "58");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public FencedStore(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Begins a new term and returns its epoch; from now on, transactions of earlier terms fail. */
    public long elected() {
        return read(() -> Objects.requireNonNull(
                jdbc.queryForObject("update leadership set epoch = epoch + 1 returning epoch", Long.class)));
    }

    /**
     * Runs {@code work} in one transaction of the term {@code epoch}, with the first statement asserting that term.
     *
     * @throws Journal.Deposed if a later term has begun
     * @throws Journal.Unavailable if the database can't be reached now; whether it was stored is not known
     */
    public void inTerm(long epoch, Runnable work) {
        translating(() -> {
            transaction.executeWithoutResult(status -> {
                if (jdbc.update("update leadership set epoch = epoch where epoch = ?", epoch) == 0) {
                    throw new Journal.Deposed("the store has begun a later term than " + epoch);
                }
                work.run();
            });
            return epoch;
        });
    }

    /**
     * What {@code work} reads, in one transaction; also those may read who lead no more.
     *
     * @throws Journal.Unavailable if the database can't be reached now
     */
    public <T> T read(Supplier<T> work) {
        return translating(() -> Objects.requireNonNull(transaction.execute(status -> work.get())));
    }

    private static <T> T translating(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            if (mayPass(e)) {
                throw new Journal.Unavailable("the database is not available", e);
            }
            throw e;
        }
    }

    private static boolean mayPass(RuntimeException e) {
        if (e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof CannotCreateTransactionException) {
            return true;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && mayPass(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** PostgreSQL always sends a state: an error without one was made by the pool or the driver, of a lost connection. */
    private static boolean mayPass(@Nullable String sqlState) {
        return sqlState == null || PASSING.contains(sqlState.substring(0, 2));
    }
}
