package org.nucleus.chronos.core.state;

import java.time.Instant;
import java.util.Optional;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.TaskId;

/**
 * One run of a job, stored before it is launched.
 *
 * @param task the id it is, was or will be launched under; a launch that turned out never to have happened gets another
 * @param enqueued when it became ready to run, for a retry when it will
 * @param arguments appended to the command of a manual run; empty otherwise
 * @param launches how often an offer was accepted for it
 * @param killing somebody wants it dead; said again to every new master until it is
 */
public record Run(
        RunKey key, TaskId task, Instant enqueued, String arguments, int launches, boolean killing, Progress progress) {

    public String job() {
        return key.job();
    }

    public boolean ended() {
        return progress instanceof Progress.Ended;
    }

    public boolean queued() {
        return progress instanceof Progress.Queued;
    }

    /** An agent may have its task. */
    public boolean launched() {
        return agent().isPresent() && !ended();
    }

    public Optional<AgentId> agent() {
        return switch (progress) {
            case Progress.Delayed _, Progress.Queued _ -> Optional.empty();
            case Progress.Launching launching -> Optional.of(launching.agent());
            case Progress.Running running -> Optional.of(running.agent());
            case Progress.Ended ended -> Optional.ofNullable(ended.agent());
        };
    }

    public Optional<String> hostname() {
        return switch (progress) {
            case Progress.Delayed _, Progress.Queued _ -> Optional.empty();
            case Progress.Launching launching -> Optional.of(launching.hostname());
            case Progress.Running running -> Optional.of(running.hostname());
            case Progress.Ended ended -> Optional.ofNullable(ended.hostname());
        };
    }

    public Optional<Instant> started() {
        return switch (progress) {
            case Progress.Delayed _, Progress.Queued _, Progress.Launching _ -> Optional.empty();
            case Progress.Running running -> Optional.of(running.started());
            case Progress.Ended ended -> Optional.ofNullable(ended.started());
        };
    }

    public Run withProgress(Progress value) {
        return new Run(key, task, enqueued, arguments, launches, killing, value);
    }

    public Run launching(Progress.Launching value) {
        return new Run(key, task, enqueued, arguments, launches + 1, killing, value);
    }

    /** Back to the queue under another id: the launch under the old one never happened and never will. */
    public Run requeued(TaskId fresh) {
        return new Run(key, fresh, enqueued, arguments, launches, killing, new Progress.Queued());
    }

    public Run beingKilled() {
        return new Run(key, task, enqueued, arguments, launches, true, progress);
    }

    public Run ended(Outcome outcome, Instant now, String message) {
        return withProgress(new Progress.Ended(
                outcome,
                agent().orElse(null),
                hostname().orElse(null),
                started().orElse(null),
                now,
                message));
    }
}
