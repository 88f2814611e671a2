package org.nucleus.chronos.core.run;

import java.time.Instant;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;

/**
 * What the master's word about a task means for its run. Updates come at least once and in any number; the
 * acknowledgement is an effect, so it leaves after what it acknowledges is stored.
 */
public final class StatusUpdates {
    /** Launches of one run that may come to nothing before it counts as lost, and waits like any failure. */
    private static final int LAUNCHES_MOST = 5;

    private final Runs runs;

    public StatusUpdates(Runs runs) {
        this.runs = runs;
    }

    public void received(TaskStatus status, Frame frame) {
        frame.state().run(status.taskId()).ifPresentOrElse(run -> move(run, status, frame), () -> stray(status, frame));
        acknowledge(status, frame);
    }

    /** A run whose result is awaited has no task any more: what is said of it has been said before. */
    private void move(Run run, TaskStatus status, Frame frame) {
        if (run.progress() instanceof Progress.Reporting) {
            return;
        }
        switch (status.state()) {
            case TASK_STAGING, TASK_STARTING, TASK_KILLING -> killAgain(run, frame);
            case TASK_RUNNING -> running(run, status, frame);
            case TASK_FINISHED -> runs.finished(run, message(status), reported(status, frame), frame);
            case TASK_KILLED -> runs.killed(run, message(status), frame);
            case TASK_FAILED -> failed(run, status, Outcome.FAILED, true, frame);
            case TASK_ERROR -> failed(run, status, Outcome.FAILED, false, frame);
            case TASK_DROPPED, TASK_GONE, TASK_LOST, TASK_UNREACHABLE, TASK_GONE_BY_OPERATOR, TASK_UNKNOWN ->
                lost(run, status, frame);
        }
    }

    private void running(Run run, TaskStatus status, Frame frame) {
        if (run.progress() instanceof Progress.Launching launching) {
            Instant said = reported(status, frame);
            Instant started = said.isBefore(launching.at()) ? launching.at() : said;
            frame.record(new Change.RunStored(
                    run.withProgress(new Progress.Running(launching.agent(), launching.hostname(), started, null))));
            runs.running(run, started, frame);
        }
        killAgain(run, frame);
    }

    /**
     * A launch that never happened goes back to the queue; whatever may have run counts as lost. The former gets a new
     * task id, so that no late word about the old one can be taken for the new, and no agent ever sees an id twice.
     */
    private void lost(Run run, TaskStatus status, Frame frame) {
        if (!neverLaunched(run, status) || run.launches() >= LAUNCHES_MOST) {
            failed(run, status, Outcome.LOST, true, frame);
        } else if (run.killing()) {
            runs.killed(run, message(status), frame);
        } else {
            runs.requeue(run, frame);
        }
    }

    /**
     * TASK_DROPPED says so itself. TASK_GONE as an answer to RECONCILE says that the agent is registered and has no
     * such task: calls are ordered, so the master has seen our ACCEPT or never will, and a task that ended would
     * have been reported, for only we acknowledge. Source: scheduler-http-api.md, and Master::reconcileTasks.
     */
    private static boolean neverLaunched(Run run, TaskStatus status) {
        if (!(run.progress() instanceof Progress.Launching)) {
            return false;
        }
        return status.state() == TaskState.TASK_DROPPED
                || status.state() == TaskState.TASK_GONE && status.reason() == TaskStatus.Reason.REASON_RECONCILIATION;
    }

    private void failed(Run run, TaskStatus status, Outcome outcome, boolean retryable, Frame frame) {
        if (run.killing()) {
            runs.killed(run, message(status), frame);
        } else {
            runs.failed(run, outcome, message(status), retryable, frame);
        }
    }

    private static void killAgain(Run run, Frame frame) {
        if (run.killing()) {
            Runs.sendKill(run, frame);
        }
    }

    /** A task we know nothing of, of a deleted job or given up as lost: it must not go on. */
    private static void stray(TaskStatus status, Frame frame) {
        boolean mayRun = switch (status.state()) {
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING -> true;
            case TASK_KILLING,
                    TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_UNREACHABLE,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR,
                    TASK_UNKNOWN -> false;
        };
        if (mayRun) {
            frame.send(Call.builder()
                    .type(Call.Type.KILL)
                    .kill(new Call.Kill(status.taskId(), status.agentId(), null))
                    .build());
        }
    }

    private static void acknowledge(TaskStatus status, Frame frame) {
        if (status.uuid() != null && status.agentId() != null) {
            frame.send(Call.builder()
                    .type(Call.Type.ACKNOWLEDGE)
                    .acknowledge(new Call.Acknowledge(status.agentId(), status.taskId(), status.uuid()))
                    .build());
        }
    }

    /** When it happened by the sender's clock, but never later than now. */
    private static Instant reported(TaskStatus status, Frame frame) {
        Instant now = Runs.stamp(frame);
        if (status.timestamp() == null) {
            return now;
        }
        Instant said = Instant.ofEpochMilli(Math.round(status.timestamp() * 1000));
        return said.isAfter(now) ? now : said;
    }

    private static String message(TaskStatus status) {
        String reason = status.reason() == null ? "" : " (" + status.reason() + ")";
        String text = status.message() == null ? "" : ": " + status.message();
        return status.state() + reason + text;
    }
}
