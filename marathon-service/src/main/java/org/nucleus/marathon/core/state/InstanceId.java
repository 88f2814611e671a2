package org.nucleus.marathon.core.state;

/** The id of an instance: {@code <app path joined by _>.instance-<uuid>}. */
public record InstanceId(String value) implements Comparable<InstanceId> {
    private static final String APP_MARK = "._app.";

    /** The id of the task that the instance's {@code incarnation} runs. */
    public String task(int incarnation) {
        return value + APP_MARK + incarnation;
    }

    /** Whether {@code task} has the form of a task id that Marathon gives: now or formerly. */
    public static boolean isTaskId(String task) {
        int dot = task.lastIndexOf(".instance-");
        int old = dot >= 0 ? dot : task.lastIndexOf(".marathon-");
        return old > 0 || task.lastIndexOf('.') > 0;
    }

    /** The instance that {@code task} belongs to; the whole text if it isn't of our making. */
    public static InstanceId ofTask(String task) {
        int mark = task.indexOf(APP_MARK);
        return new InstanceId(mark < 0 ? task : task.substring(0, mark));
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
