package org.nucleus.marathon.core.state;

/** The id of an instance: {@code <app path joined by _>.instance-<uuid>}. */
public record InstanceId(String value) implements Comparable<InstanceId> {
    private static final String APP = "_app";
    private static final String MARK = ".instance-";
    private static final int UUID_LENGTH = 36;

    /** The id of the task that the instance's {@code incarnation} runs. */
    public String task(int incarnation) {
        return task(APP, incarnation);
    }

    /** The same of one container of a pod. */
    public String task(String container, int incarnation) {
        return value + "." + container + "." + incarnation;
    }

    /** The id of the executor around a pod. */
    public String executor() {
        return value.replaceFirst("^(.*)\\.instance-", "instance-$1.");
    }

    /** Whether {@code task} has the form of a task id that Marathon gives: now or formerly. */
    public static boolean isTaskId(String task) {
        int dot = task.lastIndexOf(MARK);
        int old = dot >= 0 ? dot : task.lastIndexOf(".marathon-");
        return old > 0 || task.lastIndexOf('.') > 0;
    }

    /** The instance that {@code task} belongs to; the whole text if it isn't of our making. */
    public static InstanceId ofTask(String task) {
        int mark = task.indexOf(MARK);
        int end = mark + MARK.length() + UUID_LENGTH;
        return new InstanceId(mark < 0 || end > task.length() ? task : task.substring(0, end));
    }

    /** The container that {@code task} runs; empty if it isn't a task of this instance. */
    public String container(String task) {
        int end = task.lastIndexOf('.');
        return task.startsWith(value + ".") && end > value.length() ? task.substring(value.length() + 1, end) : "";
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
