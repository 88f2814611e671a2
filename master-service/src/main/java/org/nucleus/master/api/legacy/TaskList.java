package org.nucleus.master.api.legacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.core.state.Picture;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;
import tools.jackson.core.JsonGenerator;

/** The tasks of all frameworks as {@code /tasks} lists them: by the time of their first status, the latest first. */
final class TaskList {
    private TaskList() {}

    /** @param limit how many; negative for all */
    record Query(
            int limit,
            int offset,
            boolean ascending,
            @Nullable String framework,
            @Nullable String task) {
        boolean wants(Task candidate) {
            return (framework == null
                            || framework.equals(candidate.frameworkId().value()))
                    && (task == null || task.equals(candidate.taskId().value()));
        }
    }

    private record Entry(Task task, String role, double since) {}

    static void write(JsonGenerator json, Picture picture, Query query, Viewer viewer) {
        List<Entry> entries = new ArrayList<>();
        for (Picture.FrameworkPicture framework : picture.frameworks()) {
            FrameworkInfo info = framework.framework().info();
            add(entries, framework.tasks(), info, query, viewer);
            add(entries, framework.unreachableTasks(), info, query, viewer);
            add(entries, framework.completedTasks(), info, query, viewer);
        }
        for (Picture.CompletedFramework framework : picture.completedFrameworks()) {
            add(entries, framework.completedTasks(), framework.framework().info(), query, viewer);
        }
        Comparator<Entry> order = Comparator.comparingDouble(Entry::since);
        entries.sort(query.ascending() ? order : order.reversed());
        json.writeStartObject();
        json.writeArrayPropertyStart("tasks");
        entries.stream()
                .skip(query.offset())
                .limit(query.limit() < 0 ? Long.MAX_VALUE : query.limit())
                .forEach(entry -> TaskJson.write(json, entry.task(), entry.role()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void add(
            List<Entry> entries, List<Task> tasks, FrameworkInfo framework, Query query, Viewer viewer) {
        String role = FrameworkJson.role(framework);
        for (Task task : tasks) {
            if (query.wants(task) && viewer.sees(framework) && viewer.sees(task, framework)) {
                entries.add(new Entry(task, role, since(task)));
            }
        }
    }

    private static double since(Task task) {
        if (task.statuses().isEmpty()) {
            return 0;
        }
        Double timestamp = task.statuses().getFirst().timestamp();
        return timestamp == null ? 0 : timestamp;
    }
}
