package org.nucleus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.nucleus.access.Grants;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.master.core.state.Policy;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.TimeInfo;
import org.nucleus.wire.Unavailability;
import org.nucleus.wire.Value;
import org.nucleus.wire.WeightInfo;
import org.nucleus.wire.master.QuotaConfig;
import org.nucleus.wire.master.Schedule;
import org.nucleus.wire.master.Window;

/**
 * What operators order of the leading master: by lot while there are faults; once it is calm, that nothing stands in
 * the way of work.
 */
final class Operators {
    private static final Caller ANYBODY = new Caller(null, Grants.all());
    private static final List<String> ROLES = List.of("a", "b", "*");

    private final Weather weather;
    private final Lot lot;
    private final Masters masters;
    private final List<AgentHost> agents;

    Operators(Weather weather, Masters masters, List<AgentHost> agents) {
        this.weather = weather;
        this.lot = weather.lot();
        this.masters = masters;
        this.agents = agents;
    }

    /** One order, if there is somebody to take it. */
    void order() {
        MasterProcess leader = masters.leader();
        if (leader == null) {
            return;
        }
        MasterState state = leader.state();
        List<AgentId> known =
                state.agents().all().stream().map(agent -> agent.id()).toList();
        List<FrameworkId> frameworks = state.frameworks().all().stream()
                .map(framework -> framework.id())
                .toList();
        int what = lot.below(10);
        switch (what) {
            case 0 -> known.stream().skip(skip(known)).findFirst().ifPresent(id -> markGone(leader, id));
            case 1 -> frameworks.stream().skip(skip(frameworks)).findFirst().ifPresent(id -> teardown(leader, id));
            case 2, 3 -> setQuota(leader);
            case 4 -> setWeight(leader);
            case 5, 6 -> known.stream().skip(skip(known)).findFirst().ifPresent(id -> takeOut(leader, id));
            case 7 -> state.policy().agents().keySet().stream().findFirst().ifPresent(id -> reactivate(leader, id));
            default -> maintain(leader);
        }
    }

    /**
     * Takes back what keeps frameworks from getting offers.
     *
     * @return whether there was anything to take back
     */
    boolean tidy() {
        MasterProcess leader = masters.leader();
        if (leader == null) {
            return true;
        }
        Policy policy = leader.state().policy();
        policy.agents().keySet().forEach(agent -> reactivate(leader, agent));
        if (!policy.down().isEmpty()) {
            leader.order(ticket -> new MasterInput.StopMaintenance(ticket, List.copyOf(policy.down()), ANYBODY));
        } else if (!policy.schedule().windows().isEmpty()) {
            leader.order(ticket -> new MasterInput.UpdateSchedule(ticket, new Schedule(List.of()), ANYBODY));
        }
        List<QuotaConfig> none = policy.quotas().keySet().stream()
                .map(role -> new QuotaConfig(role, new LinkedHashMap<>(), new LinkedHashMap<>()))
                .toList();
        if (!none.isEmpty()) {
            leader.order(ticket -> new MasterInput.UpdateQuota(ticket, none, true, ANYBODY));
        }
        return !policy.agents().isEmpty()
                || !policy.down().isEmpty()
                || !policy.schedule().windows().isEmpty()
                || !none.isEmpty();
    }

    private int skip(List<?> choices) {
        return choices.isEmpty() ? 0 : lot.below(choices.size());
    }

    private void markGone(MasterProcess leader, AgentId agent) {
        weather.coverage().passed("order mark gone");
        leader.order(ticket -> new MasterInput.MarkAgentGone(ticket, agent, ANYBODY));
    }

    private void teardown(MasterProcess leader, FrameworkId framework) {
        weather.coverage().passed("order teardown");
        leader.order(ticket -> new MasterInput.TeardownFramework(ticket, framework, ANYBODY));
    }

    private void reactivate(MasterProcess leader, AgentId agent) {
        weather.coverage().passed("order reactivate");
        leader.order(ticket -> new MasterInput.ReactivateAgent(ticket, agent, ANYBODY));
    }

    private void takeOut(MasterProcess leader, AgentId agent) {
        if (lot.chance(0.4)) {
            weather.coverage().passed("order deactivate");
            leader.order(ticket -> new MasterInput.DeactivateAgent(ticket, agent, ANYBODY));
            return;
        }
        weather.coverage().passed("order drain");
        DurationInfo grace = lot.chance(0.5) ? new DurationInfo(lot.between(0, 10) * 1_000_000_000L) : null;
        DrainConfig config = new DrainConfig(grace, lot.chance(0.2));
        leader.order(ticket -> new MasterInput.DrainAgent(ticket, agent, config, ANYBODY));
    }

    private void setQuota(MasterProcess leader) {
        weather.coverage().passed("order quota");
        QuotaConfig config = new QuotaConfig(
                lot.oneOf(ROLES.subList(0, 2)),
                lot.chance(0.4) ? amounts(lot.between(0, 2), lot.between(0, 1_000)) : new LinkedHashMap<>(),
                lot.chance(0.8) ? amounts(lot.between(2, 6), lot.between(1_000, 6_000)) : new LinkedHashMap<>());
        boolean force = lot.chance(0.7);
        leader.order(ticket -> new MasterInput.UpdateQuota(ticket, List.of(config), force, ANYBODY));
    }

    private static SequencedMap<String, Value.Scalar> amounts(int cpus, int mem) {
        SequencedMap<String, Value.Scalar> amounts = new LinkedHashMap<>();
        amounts.put("cpus", new Value.Scalar(cpus));
        amounts.put("mem", new Value.Scalar(mem));
        return amounts;
    }

    private void setWeight(MasterProcess leader) {
        weather.coverage().passed("order weight");
        WeightInfo weight = new WeightInfo(lot.between(1, 5), lot.oneOf(ROLES));
        leader.order(ticket -> new MasterInput.UpdateWeights(ticket, List.of(weight), ANYBODY));
    }

    /** A schedule, and later the beginning and the end of what it says. */
    private void maintain(MasterProcess leader) {
        MachineId machine = new MachineId(lot.oneOf(agents).toString(), null);
        Instant start = weather.now().plus(lot.seconds(-30, 60));
        Duration lasts = lot.seconds(10, 120);
        Window window = new Window(
                List.of(machine),
                new Unavailability(new TimeInfo(start.toEpochMilli() * 1_000_000), new DurationInfo(lasts.toNanos())));
        weather.coverage().passed("order maintenance");
        leader.order(ticket -> new MasterInput.UpdateSchedule(ticket, new Schedule(List.of(window)), ANYBODY));
        weather.agenda()
                .in(
                        lot.seconds(1, 30),
                        () -> ifLeading(now -> now.order(
                                ticket -> new MasterInput.StartMaintenance(ticket, List.of(machine), ANYBODY))));
        weather.agenda()
                .in(
                        lot.seconds(30, 90),
                        () -> ifLeading(now -> now.order(
                                ticket -> new MasterInput.StopMaintenance(ticket, List.of(machine), ANYBODY))));
    }

    private void ifLeading(Consumer<MasterProcess> what) {
        MasterProcess leader = masters.leader();
        if (leader != null && !weather.isCalm()) {
            what.accept(leader);
        }
    }
}
