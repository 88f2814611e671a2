package org.nucleus.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.CheckKey;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.ProbeResult;

/** The questions that one agent's process asks its tasks. Each is answered once, unless it is taken back before. */
final class Probes {
    private final Weather weather;
    private final Consumer<AgentInput> agent;
    private final SequencedMap<CheckKey, Long> asked = new LinkedHashMap<>();
    private long number;

    Probes(Weather weather, Consumer<AgentInput> agent) {
        this.weather = weather;
        this.agent = agent;
    }

    void start(Effect.StartProbe probe) {
        Broken.unless(!asked.containsKey(probe.check()), "a task is asked twice at a time", probe.check());
        long mine = ++number;
        asked.put(probe.check(), mine);
        ProbeResult result = result(probe.check());
        weather.agenda().in(weather.lot().millis(1, 800), () -> {
            if (asked.remove(probe.check(), mine)) {
                agent.accept(new AgentInput.ProbeDone(probe.check(), result));
            }
        });
    }

    void stop(CheckKey check) {
        asked.remove(check);
    }

    /** The checks whose answers are awaited. */
    List<CheckKey> open() {
        return List.copyOf(asked.keySet());
    }

    private ProbeResult result(CheckKey check) {
        if (weather.fault(0.1)) {
            return new ProbeResult.Failed("it took too long");
        }
        return switch (check.purpose()) {
            case HEALTH -> new ProbeResult.Exited(weather.fault(0.2) ? 1 : 0);
            case STATUS -> new ProbeResult.Exited(weather.fault(0.5) ? 1 : 0);
        };
    }
}
