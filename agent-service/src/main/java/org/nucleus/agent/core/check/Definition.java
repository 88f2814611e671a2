package org.nucleus.agent.core.check;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.CheckKey;
import org.nucleus.agent.core.state.Probe;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.HealthCheck;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.TaskInfo;

/**
 * What a task wants to be asked, and when.
 *
 * @param delay from the task's start to the first probe
 * @param interval from a probe's end to the next one's start
 * @param timeout of one probe; zero for none
 */
record Definition(Probe probe, Duration delay, Duration interval, Duration timeout) {
    private static final double NANOS = 1e9;

    /** Empty if the task does not want it. A task with an executor of its own is checked by that. */
    static Optional<Definition> of(TaskRun run, CheckKey.Purpose purpose) {
        if (run.runner() instanceof Runner.Custom) {
            return Optional.empty();
        }
        TaskInfo task = run.info();
        return switch (purpose) {
            case HEALTH -> Optional.ofNullable(task.healthCheck()).flatMap(Definition::of);
            case STATUS -> Optional.ofNullable(task.check()).flatMap(Definition::of);
        };
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * NANOS));
    }

    private static Optional<Definition> of(HealthCheck check) {
        return probe(check)
                .map(probe -> new Definition(
                        probe,
                        seconds(check.delaySeconds()),
                        seconds(check.intervalSeconds()),
                        seconds(check.timeoutSeconds())));
    }

    private static Optional<Definition> of(CheckInfo check) {
        return probe(check)
                .map(probe -> new Definition(
                        probe,
                        seconds(check.delaySeconds()),
                        seconds(check.intervalSeconds()),
                        seconds(check.timeoutSeconds())));
    }

    /** The body decides: frameworks of old leave the type out. Source: master/validation.cpp, healthCheck. */
    private static Optional<Probe> probe(HealthCheck check) {
        if (check.command() != null) {
            return Optional.of(new Probe.Command(check.command()));
        }
        if (check.http() != null) {
            var http = check.http();
            String scheme = http.scheme() == null ? "http" : http.scheme();
            return Optional.of(new Probe.Http(scheme, http.protocol(), http.port(), path(http.path())));
        }
        return Optional.ofNullable(check.tcp()).map(tcp -> new Probe.Tcp(tcp.protocol(), tcp.port()));
    }

    private static Optional<Probe> probe(CheckInfo check) {
        if (check.command() != null) {
            return Optional.of(new Probe.Command(check.command().command()));
        }
        var protocol = NetworkInfo.Protocol.IPv4;
        if (check.http() != null) {
            return Optional.of(new Probe.Http(
                    "http", protocol, check.http().port(), path(check.http().path())));
        }
        return Optional.ofNullable(check.tcp()).map(tcp -> new Probe.Tcp(protocol, tcp.port()));
    }

    private static String path(@Nullable String path) {
        return path == null ? "" : path;
    }
}
