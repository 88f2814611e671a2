package org.nucleus.marathon.core.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.nucleus.marathon.core.instance.Announcements;
import org.nucleus.marathon.core.instance.HealthVerdict;
import org.nucleus.marathon.core.instance.Instances;
import org.nucleus.marathon.core.launch.Endpoints;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Change.HealthKilled;
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
import org.nucleus.marathon.core.state.Settings.HealthKills;
import org.nucleus.marathon.core.state.TimerKey;

/**
 * Asks running instances how they are, and judges: healthy when every check passes, killed after
 * {@code maxConsecutiveFailures} in a row, or replaced first if the app says so. Failures don't count before the first
 * success within the grace period. In the whole cluster no more are killed at a time than the operator allows: when
 * everything looks sick, it is more likely this Marathon's network.
 */
public final class HealthVerdicts {
    private final Instances instances;

    public HealthVerdicts(Instances instances) {
        this.instances = instances;
    }

    /** A check of Marathon's, of an instance that runs what it was made for. */
    private record Subject(Instance instance, Run run, App app, HealthCheck check) {}

    public void due(TimerKey.Probe key, Frame frame) {
        subject(key.instance(), key.check(), frame).ifPresent(subject -> {
            Instance instance = subject.instance();
            var endpoint = Endpoints.outside(subject.app(), subject.run(), subject.check());
            frame.emit(new RunProbe(
                    instance.id(),
                    instance.incarnation(),
                    key.check(),
                    subject.check(),
                    endpoint.host(),
                    endpoint.port()));
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
        frame.touch(instance.app());
        if (!in.alive()) {
            frame.publish(new HealthCheckFailed(frame.now(), instance, subject.check()));
        }
        judge(subject, after, frame);
    }

    private void judge(Subject subject, Health seen, Frame frame) {
        Instance instance = subject.instance();
        Boolean verdict = HealthVerdict.of(instance, subject.app().healthChecks(), frame.state());
        if (verdict != null && !verdict.equals(instance.healthy())) {
            Instance changed = instance.with(instance.run(), verdict).sick(verdict ? null : instance.sickSince());
            frame.record(new InstanceStored(changed));
            Announcements.health(changed, verdict, frame);
        }
        int most = subject.check().maxConsecutiveFailures();
        if (most > 0 && seen.consecutiveFailures() >= most && instance.killedAt() == null) {
            frame.state().instance(instance.id()).ifPresent(current -> condemn(current, subject.app(), seen, frame));
        }
    }

    private void condemn(Instance instance, App app, Health seen, Frame frame) {
        String reason = Objects.requireNonNullElse(seen.lastFailureCause(), "");
        if (replacesFirst(app, frame)) {
            if (instance.sickSince() == null) {
                frame.publish(new UnhealthyInstanceKilled(frame.now(), instance, reason));
                frame.record(new InstanceStored(instance.sick(frame.now())));
            }
            return;
        }
        HealthKills limit = frame.state().settings().healthKills();
        if (frame.state().healthKillsSince(frame.now().minus(limit.within())) >= limit.most()) {
            return; // the next failed check asks again
        }
        frame.record(new HealthKilled(frame.now()));
        frame.publish(new UnhealthyInstanceKilled(frame.now(), instance, reason));
        instances.replace(instance, frame);
    }

    /** Where there is no room for one more, or where two must not run side by side, the kill comes first. */
    private static boolean replacesFirst(App app, Frame frame) {
        int room = (int) (app.instances() * app.policy().upgrade().maximumOverCapacity());
        return app.policy().replacesFirst()
                && room > 0
                && !app.isSingleInstance()
                && !app.isResident()
                && frame.state().deploymentOf(app.id()).isEmpty();
    }

    private static boolean isExcused(Subject subject, Health before, Instant now) {
        Instant started = subject.run().startedAt() == null
                ? subject.instance().since()
                : subject.run().startedAt();
        return before.firstSuccess() == null
                && now.isBefore(started.plusSeconds(subject.check().gracePeriodSeconds()));
    }

    private static Optional<Subject> subject(InstanceId id, int check, Frame frame) {
        Instance instance = frame.state().instance(id).orElse(null);
        Run run = instance == null ? null : instance.run();
        if (instance == null || run == null || instance.condition() != Condition.RUNNING) {
            return Optional.empty();
        }
        return frame.state()
                .definition(instance)
                .filter(app -> check < app.healthChecks().size())
                .map(app -> new Subject(instance, run, app, app.healthChecks().get(check)))
                .filter(subject -> subject.check().protocol().isByMarathon());
    }
}
