package org.nucleus.master.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.TimeInfo;
import org.nucleus.wire.Unavailability;
import org.nucleus.wire.Value;
import org.nucleus.wire.WeightInfo;
import org.nucleus.wire.master.QuotaConfig;
import org.nucleus.wire.master.Schedule;
import org.nucleus.wire.master.Window;

/** The lines of scenarios in which an operator sets something. */
final class Operator {
    private Operator() {}

    /** What {@code words} set; empty if they set nothing. Agents are named by their host. */
    static Optional<MasterInput> order(Words words, Ticket ticket, Map<String, AgentId> agents, Caller caller) {
        MasterInput order = switch (words.word(0)) {
            case "quota" -> quota(words, ticket, caller);
            case "remove-quota" -> new MasterInput.RemoveQuota(ticket, words.word(1), caller);
            case "weigh" -> {
                double weight = Double.parseDouble(words.value("weight", "1"));
                yield new MasterInput.UpdateWeights(ticket, List.of(new WeightInfo(weight, words.word(1))), caller);
            }
            case "schedule" -> new MasterInput.UpdateSchedule(ticket, schedule(words), caller);
            case "machines-down" -> new MasterInput.StartMaintenance(ticket, machines(words), caller);
            case "machines-up" -> new MasterInput.StopMaintenance(ticket, machines(words), caller);
            case "drain" -> drain(words, ticket, agents, caller);
            case "deactivate" -> new MasterInput.DeactivateAgent(ticket, agent(words, agents), caller);
            case "reactivate" -> new MasterInput.ReactivateAgent(ticket, agent(words, agents), caller);
            default -> null;
        };
        return Optional.ofNullable(order);
    }

    private static MasterInput quota(Words words, Ticket ticket, Caller caller) {
        QuotaConfig config = new QuotaConfig(
                words.word(1),
                amounts(words.named().get("guarantees")),
                amounts(words.named().get("limits")));
        return new MasterInput.UpdateQuota(
                ticket, List.of(config), words.plain().contains("force"), caller);
    }

    private static Map<String, Value.Scalar> amounts(@Nullable String text) {
        Map<String, Value.Scalar> amounts = new LinkedHashMap<>();
        for (String each : text == null ? new String[0] : text.split(";")) {
            String[] parts = each.split(":");
            amounts.put(parts[0], new Value.Scalar(Double.parseDouble(parts[1])));
        }
        return amounts;
    }

    private static Schedule schedule(Words words) {
        List<MachineId> machines = machines(words);
        if (machines.isEmpty()) {
            return new Schedule(List.of());
        }
        TimeInfo start = new TimeInfo(World.START.plus(Duration.ofDays(1)).getEpochSecond() * 1_000_000_000L);
        return new Schedule(List.of(new Window(machines, new Unavailability(start, null))));
    }

    private static List<MachineId> machines(Words words) {
        List<MachineId> machines = new ArrayList<>();
        for (String host : words.plain().subList(1, words.plain().size())) {
            machines.add(new MachineId(host, "10.0.0.1"));
        }
        return machines;
    }

    private static MasterInput drain(Words words, Ticket ticket, Map<String, AgentId> agents, Caller caller) {
        String grace = words.named().get("grace");
        DurationInfo most = grace == null
                ? null
                : new DurationInfo(Duration.ofSeconds(Long.parseLong(grace)).toNanos());
        DrainConfig config = new DrainConfig(most, words.plain().contains("gone"));
        return new MasterInput.DrainAgent(ticket, agent(words, agents), config, caller);
    }

    private static AgentId agent(Words words, Map<String, AgentId> agents) {
        return Objects.requireNonNullElse(agents.get(words.word(1)), new AgentId(words.word(1)));
    }
}
