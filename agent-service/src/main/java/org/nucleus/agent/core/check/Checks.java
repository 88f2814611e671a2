package org.nucleus.agent.core.check;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.CheckKey;
import org.nucleus.agent.core.state.CheckKey.Purpose;
import org.nucleus.agent.core.state.Checking;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.ProbeResult;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.task.Kills;
import org.nucleus.agent.core.task.Statuses;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.CheckStatusInfo;
import org.nucleus.wire.HealthCheck;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;

/**
 * Asks running tasks how they are, from their start until they end or are told to. Source: checks/health_checker.cpp,
 * checks/checker.cpp, launcher/executor.cpp.
 */
public final class Checks {
    private final UpdateStreams updates;
    private final Kills kills;

    public Checks(UpdateStreams updates, Kills kills) {
        this.updates = updates;
        this.kills = kills;
    }

    /** To be called when a step's other rules are done: begins with what started, and ends with what is to end. */
    public void follow(Frame frame) {
        for (Change.Durable change : frame.recorded()) {
            if (change instanceof Change.TaskStarted(var key, var at)) {
                frame.state().run(key).ifPresent(run -> begin(run, at, frame));
            } else if (change instanceof Change.TaskDoomed(var key, var _)) {
                end(key, frame);
            } else if (change instanceof Change.TaskEnded(var key)) {
                end(key, frame);
            }
        }
    }

    /** Goes on with the tasks of a former process. Of failures in a row it is known only whether there were any. */
    public void adopt(Frame frame) {
        for (TaskRun run : List.copyOf(frame.state().runs().values())) {
            if (run.phase() instanceof Phase.Running(var since)) {
                begin(run, since, frame);
            }
        }
    }

    /** It is time to ask. */
    public void due(CheckKey key, Frame frame) {
        Checking checking = frame.state().checking(key).orElse(null);
        if (checking == null) {
            return;
        }
        TaskRun run = frame.state().run(checking.task()).orElseThrow();
        Definition definition = Definition.of(run, key.purpose()).orElseThrow();
        var framework = frame.state().framework(run.key().framework()).orElseThrow();
        frame.emit(new Effect.StartProbe(
                key,
                definition.probe(),
                definition.timeout(),
                frame.state().agentId().orElseThrow(),
                framework.info(),
                run,
                frame.state().podOf(run)));
    }

    public void probed(AgentInput.ProbeDone in, Frame frame) {
        Checking checking = frame.state().checking(in.check()).orElse(null);
        if (checking == null) {
            return;
        }
        TaskRun run = frame.state().run(checking.task()).orElseThrow();
        Definition definition = Definition.of(run, in.check().purpose()).orElseThrow();
        frame.emit(new Effect.Wake(new TimerKey.Probe(in.check()), frame.now().plus(definition.interval())));
        switch (in.check().purpose()) {
            case HEALTH -> judge(run, checking, in, frame);
            case STATUS -> tell(run, in.result(), frame);
        }
    }

    private static void begin(TaskRun run, Instant since, Frame frame) {
        if (run.dying() || run.ended() || !run.ownsContainer()) {
            return;
        }
        for (Purpose purpose : Purpose.values()) {
            CheckKey key = new CheckKey(run.container(), purpose);
            if (frame.state().checking(key).isEmpty()) {
                Definition.of(run, purpose).ifPresent(definition -> {
                    frame.record(new Change.CheckingMoved(key, known(run)));
                    frame.emit(new Effect.Wake(new TimerKey.Probe(key), first(definition, since, frame.now())));
                });
            }
        }
    }

    /** A probe that fell due while no agent ran is made up for after an interval, so that not all come at once. */
    private static Instant first(Definition definition, Instant since, Instant now) {
        Instant first = since.plus(definition.delay());
        return first.isBefore(now) ? now.plus(definition.interval()) : first;
    }

    /** Whatever was reported ended the grace period: failures within it are not. */
    private static Checking known(TaskRun run) {
        Boolean healthy = Statuses.running(run).map(TaskStatus::healthy).orElse(null);
        return healthy == null ? Checking.begun(run.key()) : new Checking(run.key(), true, healthy ? 0 : 1);
    }

    private static void end(TaskKey task, Frame frame) {
        TaskRun run = frame.state().run(task).orElse(null);
        if (run == null) {
            return;
        }
        for (Purpose purpose : Purpose.values()) {
            CheckKey key = new CheckKey(run.container(), purpose);
            if (frame.state().checking(key).isPresent()) {
                frame.record(new Change.CheckingStopped(key));
                frame.emit(new Effect.CancelWake(new TimerKey.Probe(key)));
                frame.emit(new Effect.StopProbe(key));
            }
        }
    }

    /**
     * A first success is told, and each failure, and the success after them. A failure in the grace period does not
     * count, unless the task was healthy before. Source: checks/health_checker.cpp, success and failure.
     */
    private void judge(TaskRun run, Checking checking, AgentInput.ProbeDone in, Frame frame) {
        HealthCheck check = Objects.requireNonNull(run.info().healthCheck());
        if (passes(in.result())) {
            frame.record(new Change.CheckingMoved(in.check(), checking.passed()));
            if (!checking.passedOnce() || checking.failures() > 0) {
                tellHealth(run, true, frame);
            }
            return;
        }
        if (!checking.passedOnce() && isExcused(run, check, frame)) {
            return;
        }
        Checking failed = checking.failed();
        frame.record(new Change.CheckingMoved(in.check(), failed));
        tellHealth(run, false, frame);
        if (failed.failures() >= check.consecutiveFailures()) {
            kills.unhealthy(run, frame);
        }
    }

    private static boolean isExcused(TaskRun run, HealthCheck check, Frame frame) {
        return check.gracePeriodSeconds() > 0
                && run.phase() instanceof Phase.Running(var since)
                && !frame.now().isAfter(since.plus(Definition.seconds(check.gracePeriodSeconds())));
    }

    private static boolean passes(ProbeResult result) {
        return switch (result) {
            case ProbeResult.Exited(int status) -> status == 0;
            case ProbeResult.Answered(int status) -> status >= 200 && status < 400;
            case ProbeResult.Connected(boolean succeeded) -> succeeded;
            case ProbeResult.Failed _ -> false;
        };
    }

    private void tellHealth(TaskRun run, boolean healthy, Frame frame) {
        TaskStatus status = Statuses.news(run, Reason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED, frame)
                .healthy(healthy)
                .build();
        updates.queue(run.key().framework(), status, frame);
    }

    /** An answer like the last one is no news. Source: checks/checker.cpp, processCheckResult. */
    private void tell(TaskRun run, ProbeResult result, Frame frame) {
        CheckInfo check = Objects.requireNonNull(run.info().check());
        CheckStatusInfo seen = seen(check, result);
        CheckStatusInfo before =
                Statuses.running(run).map(TaskStatus::checkStatus).orElseGet(() -> Statuses.unknown(check));
        if (!seen.equals(before)) {
            TaskStatus status = Statuses.news(run, Reason.REASON_TASK_CHECK_STATUS_UPDATED, frame)
                    .checkStatus(seen)
                    .build();
            updates.queue(run.key().framework(), status, frame);
        }
    }

    private static CheckStatusInfo seen(CheckInfo check, ProbeResult result) {
        CheckInfo.Type type = check.type();
        return switch (result) {
            case ProbeResult.Exited(int status) ->
                new CheckStatusInfo(type, new CheckStatusInfo.Command(status), null, null);
            case ProbeResult.Answered(int status) ->
                new CheckStatusInfo(type, null, new CheckStatusInfo.Http(status), null);
            case ProbeResult.Connected(boolean succeeded) ->
                new CheckStatusInfo(type, null, null, new CheckStatusInfo.Tcp(succeeded));
            case ProbeResult.Failed _ -> Statuses.unknown(check);
        };
    }
}
