package org.nucleus.agent.core.state;

/**
 * How far a check has come. The numbers count for health checks only.
 *
 * @param passedOnce ends the grace period early
 * @param failures in a row, those that were excused not counted
 */
public record Checking(TaskKey task, boolean passedOnce, int failures) {
    public static Checking begun(TaskKey task) {
        return new Checking(task, false, 0);
    }

    public Checking passed() {
        return new Checking(task, true, 0);
    }

    public Checking failed() {
        return new Checking(task, passedOnce, failures + 1);
    }
}
