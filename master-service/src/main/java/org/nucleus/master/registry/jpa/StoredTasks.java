package org.nucleus.master.registry.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Task;
import org.nucleus.wire.codec.JsonCodec;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The table of tasks. Tasks change thousands of times a second, so they are not entities: a commit writes all that it
 * touches with one statement and reads nothing before.
 */
@Component
final class StoredTasks {
    private static final String WRITE = """
            insert into task (id, framework_id, info, completed_at)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
            on conflict (id) do update set framework_id = excluded.framework_id,
                info = excluded.info, completed_at = excluded.completed_at""";
    private static final String DELETE = "delete from task where id = any(?::text[])";
    private static final String DELETE_OF = "delete from task where framework_id = ?";
    private static final int FETCH_ROWS = 2_000;

    private final JdbcTemplate jdbc;

    StoredTasks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that are not completed, by id. */
    List<Task> running() {
        return read("select info from task where completed_at is null order by id");
    }

    /** The completed ones, oldest first. */
    List<Task> completed() {
        return read("select info from task where completed_at is not null order by completed_at, id");
    }

    void deleteOf(FrameworkId framework) {
        jdbc.update(DELETE_OF, framework.value());
    }

    private List<Task> read(String query) {
        List<Task> tasks = new ArrayList<>();
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(query);
                    statement.setFetchSize(FETCH_ROWS);
                    return statement;
                },
                row -> {
                    tasks.add(JsonCodec.v1().decode(row.getBytes(1), Task.class));
                });
        return tasks;
    }

    /** What one commit makes of the tasks that it touches: of each, the last word counts. */
    final class Batch {
        private final Map<String, @Nullable Written> touched = new LinkedHashMap<>();

        private record Written(Task task, @Nullable Instant completedAt) {}

        void write(Task task, @Nullable Instant completedAt) {
            touched.put(id(task.frameworkId().value(), task.taskId().value()), new Written(task, completedAt));
        }

        void delete(String framework, String task) {
            touched.put(id(framework, task), null);
        }

        void deleteOf(FrameworkId framework) {
            String prefix = id(framework.value(), "");
            touched.keySet().removeIf(id -> id.startsWith(prefix));
        }

        void flush() {
            List<String> deleted = new ArrayList<>();
            List<String> written = new ArrayList<>();
            touched.forEach((id, row) -> (row == null ? deleted : written).add(id));
            if (!written.isEmpty()) {
                jdbc.update(connection -> writing(connection, written));
            }
            if (!deleted.isEmpty()) {
                jdbc.update(connection -> {
                    PreparedStatement statement = connection.prepareStatement(DELETE);
                    statement.setArray(1, connection.createArrayOf("text", deleted.toArray()));
                    return statement;
                });
            }
        }

        private PreparedStatement writing(Connection connection, List<String> ids) throws SQLException {
            String[] frameworks = new String[ids.size()];
            String[] infos = new String[ids.size()];
            @Nullable Object[] completions = new @Nullable Object[ids.size()];
            for (int i = 0; i < ids.size(); i++) {
                Written row = touched.get(ids.get(i));
                if (row != null) {
                    frameworks[i] = row.task().frameworkId().value();
                    infos[i] = JsonCodec.v1().encodeToString(row.task());
                    completions[i] =
                            row.completedAt() == null ? null : row.completedAt().atOffset(ZoneOffset.UTC);
                }
            }
            PreparedStatement statement = connection.prepareStatement(WRITE);
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            statement.setArray(2, connection.createArrayOf("text", frameworks));
            statement.setArray(3, connection.createArrayOf("text", infos));
            statement.setArray(4, connection.createArrayOf("timestamptz", completions));
            return statement;
        }

        /** Neither id contains a slash. */
        private static String id(String framework, String task) {
            return framework + "/" + task;
        }
    }
}
