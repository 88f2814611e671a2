package org.nucleus.marathon.store.jpa;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.marathon.store.EventText;
import org.nucleus.marathon.store.StoredAudit;
import org.nucleus.marathon.store.StoredEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What was told and what was done: rows that are only ever added, with one statement a commit, and pruned from behind.
 * Plain SQL: nothing of it is read back as a whole.
 */
@Component
class EventLog {
    private static final long EVENTS_KEPT = 100_000;
    private static final long AUDITS_KEPT = 100_000;
    private static final long PRUNE_EVERY = 1_000;
    private static final String SEPARATOR = "\n";

    private final JdbcTemplate sql;
    private final EventText text;

    EventLog(JdbcTemplate sql, EventText text) {
        this.sql = sql;
        this.text = text;
    }

    long lastId() {
        Long last = sql.queryForObject("select coalesce(max(id), 0) from event_log", Long.class);
        return last == null ? 0 : last;
    }

    /** Within the transaction of the commit that {@code changes} belong to. Adding the same event again is harmless. */
    void add(List<Change.Durable> changes) {
        List<Object[]> events = new ArrayList<>();
        List<Object[]> audits = new ArrayList<>();
        for (Change.Durable change : changes) {
            if (change instanceof Change.Told(var id, var event)) {
                String apps = String.join(
                        SEPARATOR, event.apps().stream().map(AppPath::value).toList());
                events.add(
                        new Object[] {id, text.type(event), apps, Timestamp.from(event.timestamp()), text.json(event)});
            } else if (change instanceof Change.Audited done) {
                audits.add(new Object[] {
                    Timestamp.from(done.at()),
                    done.origin().principal(),
                    done.origin().client(),
                    done.origin().uri(),
                    done.action(),
                    String.join(SEPARATOR, done.subjects()),
                    done.outcome()
                });
            }
        }
        sql.batchUpdate(
                "insert into event_log (id, type, apps, at, body) values (?, ?, ?, ?, ?) on conflict do nothing",
                events);
        sql.batchUpdate(
                "insert into audit (at, principal, client, uri, action, subjects, outcome) values (?, ?, ?, ?, ?, ?, ?)",
                audits);
        prune(events, audits);
    }

    private void prune(List<Object[]> events, List<Object[]> audits) {
        if (!events.isEmpty()) {
            long first = (long) events.getFirst()[0];
            long last = (long) events.getLast()[0];
            if (first / PRUNE_EVERY != last / PRUNE_EVERY) {
                sql.update("delete from event_log where id <= ?", last - EVENTS_KEPT);
            }
        }
        if (!audits.isEmpty()) {
            sql.update("delete from audit where id <= (select max(id) from audit) - ?", AUDITS_KEPT);
        }
    }

    List<StoredEvent> after(long id, int most) {
        List<StoredEvent> latest =
                sql.query("select * from event_log where id > ? order by id desc limit ?", EventLog::event, id, most);
        List<StoredEvent> inOrder = new ArrayList<>(latest);
        Collections.reverse(inOrder);
        return inOrder;
    }

    List<StoredEvent> of(AppPath app, int most) {
        return sql.query(
                "select * from event_log where ? = any(string_to_array(apps, chr(10))) order by id desc limit ?",
                EventLog::event,
                app.value(),
                most);
    }

    private static StoredEvent event(ResultSet row, int number) throws SQLException {
        return new StoredEvent(row.getLong("id"), row.getString("type"), apps(row), row.getString("body"));
    }

    private static List<AppPath> apps(ResultSet row) throws SQLException {
        String apps = row.getString("apps");
        return apps.isEmpty()
                ? List.of()
                : java.util.Arrays.stream(apps.split(SEPARATOR))
                        .map(AppPath::new)
                        .toList();
    }

    List<StoredAudit> audits(int most) {
        return sql.query(
                "select * from audit order by id desc limit ?",
                (row, _) -> new StoredAudit(
                        row.getTimestamp("at").toInstant(),
                        new Origin(row.getString("principal"), row.getString("client"), row.getString("uri")),
                        row.getString("action"),
                        List.of(row.getString("subjects").split(SEPARATOR)),
                        row.getString("outcome")),
                most);
    }
}
