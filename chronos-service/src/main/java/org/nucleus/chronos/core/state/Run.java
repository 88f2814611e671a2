package org.nucleus.chronos.core.state;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.TaskId;

/**
 * One run of a job, stored before it is launched.
 *
 * @param task the id it is, was or will be launched under; a launch that turned out never to have happened gets another
 * @param enqueued when it became ready to run, for a retry when it will
 * @param request what was asked for beyond what the job says
 * @param launches how often an offer was accepted for it
 * @param kill whether somebody wants it dead; said again to every new master until it is
 * @param elements how many elements it says to have processed
 * @param sandbox where its latest task leaves its files; absent before it is launched
 */
public record Run(
        RunKey key,
        TaskId task,
        Instant enqueued,
        Request request,
        int launches,
        Kill kill,
        long elements,
        @Nullable Sandbox sandbox,
        Progress progress) {

    /**
     * What was asked for beyond what the job says; the same for all attempts.
     *
     * @param arguments appended to the command; empty for none
     * @param pass names the run of a job without parents that all this began with
     */
    public record Request(String arguments, Overrides overrides, String pass) {}

    /** Whether, and why, somebody wants a run dead. */
    public enum Kill {
        NO,
        /** A caller asked for it. */
        ASKED,
        /** The next run of the job takes its place: no failure. */
        REPLACED
    }

    /**
     * Where to find a task's files.
     *
     * @param agent base URL of the agent
     * @param path the directory, as the agent's {@code /files} endpoints name it
     */
    public record Sandbox(String agent, String path) {}

    /** One that has just become ready to run. */
    public static Run queued(RunKey key, TaskId task, Instant enqueued, Request request) {
        return new Run(key, task, enqueued, request, 0, Kill.NO, 0, null, new Progress.Queued());
    }

    /** The next attempt, once its delay is over. */
    public Run retried(TaskId fresh, Instant until) {
        return new Run(key.nextAttempt(), fresh, until, request, 0, Kill.NO, 0, null, new Progress.Delayed(until));
    }

    public String job() {
        return key.job();
    }

    public boolean ended() {
        return progress instanceof Progress.Ended;
    }

    public boolean queued() {
        return progress instanceof Progress.Queued;
    }

    public boolean killing() {
        return kill != Kill.NO;
    }

    /** An agent may have its task. */
    public boolean launched() {
        return progress instanceof Progress.Launching || progress instanceof Progress.Running;
    }

    /** It goes on: an agent may have its task, or its result is awaited. */
    public boolean active() {
        return launched() || progress instanceof Progress.Reporting;
    }

    public Optional<AgentId> agent() {
        return switch (progress) {
            case Progress.Delayed _, Progress.Queued _ -> Optional.empty();
            case Progress.Launching launching -> Optional.of(launching.agent());
            case Progress.Running running -> Optional.of(running.agent());
            case Progress.Reporting reporting -> Optional.of(reporting.agent());
            case Progress.Ended ended -> Optional.ofNullable(ended.agent());
        };
    }

    public Optional<String> hostname() {
        return switch (progress) {
            case Progress.Delayed _, Progress.Queued _ -> Optional.empty();
            case Progress.Launching launching -> Optional.of(launching.hostname());
            case Progress.Running running -> Optional.of(running.hostname());
            case Progress.Reporting reporting -> Optional.of(reporting.hostname());
            case Progress.Ended ended -> Optional.ofNullable(ended.hostname());
        };
    }

    public Optional<Instant> started() {
        return switch (progress) {
            case Progress.Delayed _, Progress.Queued _, Progress.Launching _ -> Optional.empty();
            case Progress.Running running -> Optional.of(running.started());
            case Progress.Reporting reporting -> Optional.of(reporting.started());
            case Progress.Ended ended -> Optional.ofNullable(ended.started());
        };
    }

    public Run withProgress(Progress value) {
        return new Run(key, task, enqueued, request, launches, kill, elements, sandbox, value);
    }

    public Run launching(Progress.Launching value, @Nullable Sandbox files) {
        return new Run(key, task, enqueued, request, launches + 1, kill, elements, files, value);
    }

    /** Back to the queue under another id: the launch under the old one never happened and never will. */
    public Run requeued(TaskId fresh) {
        return new Run(key, fresh, enqueued, request, launches, kill, elements, null, new Progress.Queued());
    }

    public Run beingKilled(Kill why) {
        return new Run(key, task, enqueued, request, launches, why, elements, sandbox, progress);
    }

    public Run processed(long additional) {
        return new Run(key, task, enqueued, request, launches, kill, elements + additional, sandbox, progress);
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
