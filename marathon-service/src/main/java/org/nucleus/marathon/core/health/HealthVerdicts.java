package org.nucleus.marathon.core.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.instance.Announcements;
import org.nucleus.marathon.core.instance.Instances;
import org.nucleus.marathon.core.launch.HealthPorts;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Change.HealthSeen;
import org.nucleus.marathon.core.state.Change.InstanceStored;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Effect.RunProbe;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Health;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonEvent.HealthCheckFailed;
import org.nucleus.marathon.core.state.MarathonEvent.UnhealthyInstanceKilled;
import org.nucleus.marathon.core.state.MarathonInput.Probed;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TimerKey;

/**
 * Asks running instances how they are, and judges: healthy when every check passes, killed after
 * {@code maxConsecutiveFailures} in a row. Failures don't count before the first success within the grace period.
 */
public final class HealthVerdicts {
    private final Instances instances;

    public HealthVerdicts(Instances instances) {
        this.instances = instances;
    }

    /** A check of Marathon's, of an instance that runs what it was made for. */
    private record Subject(Instance instance, Run run, HealthCheck check) {}

    public void due(TimerKey.Probe key, Frame frame) {
        subject(key.instance(), key.check(), frame).ifPresent(subject -> {
            Instance instance = subject.instance();
            Run run = subject.run();
            int port = HealthPorts.number(subject.check(), run.ports());
            frame.emit(new RunProbe(
                    instance.id(), instance.incarnation(), key.check(), subject.check(), run.host(), port));
            frame.wake(key, Duration.ofSeconds(Math.max(1, subject.check().intervalSeconds())));
        });
    }

    public void probed(Probed in, Frame frame) {
        subject(in.instance(), in.check(), frame)
                .filter(subject -> subject.instance().incarnation() == in.incarnation())
                .ifPresent(subject -> probed(in, subject, frame));
    }

    private void probed(Probed in, Subject subject, Frame frame) {
        Instance instance = subject.instance();
        Health before = frame.state().health(instance, in.check());
        if (!in.alive() && isExcused(subject, before, frame.now())) {
            return;
        }
        Health after = in.alive() ? before.passed(frame.now()) : before.failed(frame.now(), in.cause());
        frame.record(new HealthSeen(instance.id(), in.check(), after));
        if (!in.alive()) {
            frame.publish(new HealthCheckFailed(frame.now(), instance, subject.check()));
        }
        judge(instance, subject.check(), after, frame);
    }

    private void judge(Instance instance, HealthCheck check, Health seen, Frame frame) {
        Boolean verdict = verdict(instance, frame);
        if (verdict != null && !verdict.equals(instance.healthy())) {
            Instance changed = instance.with(instance.run(), verdict);
            frame.record(new InstanceStored(changed));
            Announcements.health(changed, verdict, frame);
        }
        boolean tooOften =
                check.maxConsecutiveFailures() > 0 && seen.consecutiveFailures() >= check.maxConsecutiveFailures();
        if (tooOften && instance.killedAt() == null) {
            String reason = seen.lastFailureCause() == null ? "" : seen.lastFailureCause();
            frame.publish(new UnhealthyInstanceKilled(frame.now(), instance, reason));
            frame.state().instance(instance.id()).ifPresent(current -> instances.replace(current, frame));
        }
    }

    private static boolean isExcused(Subject subject, Health before, Instant now) {
        Instant started = subject.run().startedAt() == null
                ? subject.instance().since()
                : subject.run().startedAt();
        return before.firstSuccess() == null
                && now.isBefore(started.plusSeconds(subject.check().gracePeriodSeconds()));
    }

    /** Absent while any check of Marathon's has not answered yet. */
    private static @Nullable Boolean verdict(Instance instance, Frame frame) {
        List<HealthCheck> checks =
                frame.state().app(instance.app()).map(App::healthChecks).orElse(List.of());
        for (int i = 0; i < checks.size(); i++) {
            if (!checks.get(i).protocol().isByMarathon()) {
                continue;
            }
            Health seen = frame.state().health(instance, i);
            if (seen.lastSuccess() == null && seen.lastFailure() == null) {
                return null;
            }
            if (!seen.alive()) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Subject> subject(InstanceId id, int check, Frame frame) {
        Instance instance = frame.state().instance(id).orElse(null);
        Run run = instance == null ? null : instance.run();
        if (instance == null || run == null || instance.condition() != Condition.RUNNING) {
            return Optional.empty();
        }
        return frame.state()
                .app(instance.app())
                .filter(app -> app.isCurrent(instance))
                .map(App::healthChecks)
                .filter(checks ->
                        check < checks.size() && checks.get(check).protocol().isByMarathon())
                .map(checks -> new Subject(instance, run, checks.get(check)));
    }
}
