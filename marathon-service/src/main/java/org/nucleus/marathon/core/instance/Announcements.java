package org.nucleus.marathon.core.instance;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonEvent.HealthStatusChanged;
import org.nucleus.marathon.core.state.MarathonEvent.InstanceHealthChanged;
import org.nucleus.marathon.core.state.MarathonEvent.InstanceMoved;
import org.nucleus.marathon.core.state.MarathonEvent.StatusUpdated;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/** What listeners are told about instances. */
public final class Announcements {
    private Announcements() {}

    static void moved(Instance instance, String condition, Frame frame) {
        Run run = instance.run();
        frame.publish(new InstanceMoved(
                frame.now(),
                instance.id(),
                condition,
                instance.app(),
                run == null ? null : run.agent(),
                run == null ? null : run.host(),
                instance.version()));
    }

    static void status(Instance instance, TaskStatus status, Frame frame) {
        Run run = instance.run();
        frame.publish(new StatusUpdated(
                frame.now(),
                run == null ? "" : run.agent(),
                status.taskId().value(),
                status.state().name(),
                status.message() == null ? "" : status.message(),
                instance.app(),
                run == null ? "" : run.host(),
                run == null ? List.of() : run.addresses(),
                run == null ? List.of() : run.ports(),
                instance.version()));
    }

    /** Tells a new verdict of the health checks. */
    public static void health(Instance instance, @Nullable Boolean healthy, Frame frame) {
        frame.publish(new InstanceHealthChanged(frame.now(), instance, healthy));
        if (healthy != null) {
            frame.publish(new HealthStatusChanged(frame.now(), instance, healthy));
        }
    }

    static String condition(TaskState state) {
        return camel(state.name().substring("TASK_".length()));
    }

    static String condition(Condition condition) {
        return camel(condition.name());
    }

    private static String camel(String constant) {
        StringBuilder text = new StringBuilder();
        for (String word : constant.split("_")) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
