package org.nucleus.marathon.core.health;

import java.time.Duration;
import java.util.Optional;
import org.nucleus.marathon.core.launch.Endpoints;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Change.ReadinessSeen;
import org.nucleus.marathon.core.state.Effect.RunReadiness;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonInput.ReadinessProbed;
import org.nucleus.marathon.core.state.Readiness;
import org.nucleus.marathon.core.state.ReadinessCheck;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TimerKey;

/** Asks fresh instances whether they are ready, until they say so once. */
public final class ReadinessGates {
    private record Subject(Instance instance, Run run, App app, ReadinessCheck check) {}

    public void due(TimerKey.Readiness key, Frame frame) {
        subject(frame.state().instance(key.instance()), frame).ifPresent(subject -> {
            var endpoint = Endpoints.outside(
                    subject.app(), subject.run(), subject.check().portName());
            frame.emit(new RunReadiness(
                    subject.instance().id(),
                    subject.instance().incarnation(),
                    subject.check(),
                    endpoint.host(),
                    endpoint.port()));
            frame.wake(key, Duration.ofSeconds(subject.check().intervalSeconds()));
        });
    }

    public void probed(ReadinessProbed in, Frame frame) {
        subject(frame.state().instance(in.instance()), frame)
                .filter(subject -> subject.instance().incarnation() == in.incarnation())
                .ifPresent(subject -> {
                    var shown = subject.check().preserveLastResponse() ? in.response() : null;
                    frame.record(new ReadinessSeen(in.instance(), new Readiness(in.incarnation(), in.ready(), shown)));
                });
    }

    /** One that runs and has not said so yet. */
    private static Optional<Subject> subject(Optional<Instance> found, Frame frame) {
        Instance instance = found.filter(Instance::isRunning).orElse(null);
        Run run = instance == null ? null : instance.run();
        if (instance == null
                || run == null
                || frame.state().readiness(instance).filter(Readiness::ready).isPresent()) {
            return Optional.empty();
        }
        return frame.state()
                .definition(instance)
                .filter(app -> !app.readinessChecks().isEmpty())
                .map(app ->
                        new Subject(instance, run, app, app.readinessChecks().getFirst()));
    }
}
