package org.nucleus.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.nucleus.machine.Step;

/**
 * What worlds have shown: every different behaviour of a machine, that is, an input together with the kinds of changes
 * and effects it led to, every different thing that frameworks heard of tasks, and how often each milestone was passed.
 */
public final class Coverage {
    /** What enough worlds are sure to bring about; whatever is missing has stopped being simulated. */
    static final List<String> MILESTONES = List.of(
            "fault AGENT_CRASH",
            "fault CLOCK_JUMP",
            "fault CONNECTION_BROKEN",
            "fault FRAMEWORK_AWAY",
            "fault FRAMEWORK_FAILOVER",
            "fault LINK_BROKEN",
            "fault MASTER_FAILOVER",
            "fault OPERATOR",
            "fault PARTITION",
            "fault REBOOT",
            "fault SLOW_LINK",
            "inverse offers",
            "order deactivate",
            "order drain",
            "order maintenance",
            "order mark gone",
            "order quota",
            "order reactivate",
            "order teardown",
            "order weight",
            "process killed after its commit",
            "process killed amid its effects",
            "process killed before its commit");

    private static final Kinds MASTER = new Kinds(
            "master", org.nucleus.master.core.state.Change.Durable.class, org.nucleus.master.core.state.Effect.class);
    private static final Kinds AGENT = new Kinds(
            "agent", org.nucleus.agent.core.state.Change.Durable.class, org.nucleus.agent.core.state.Effect.class);

    private final SequencedMap<Behaviour, Long> behaviours = new LinkedHashMap<>();
    private final SequencedMap<String, Long> milestones = new TreeMap<>();

    /** An input's kind, and the kinds of what it led to, each a bit. */
    private record Behaviour(String machine, String input, long changes, long effects) {}

    /** The cases of a machine's changes and effects, each with its number. */
    private static final class Kinds {
        private final String machine;
        private final Map<Class<?>, Long> bits = new LinkedHashMap<>();

        private Kinds(String machine, Class<?> changes, Class<?> effects) {
            this.machine = machine;
            number(changes);
            number(effects);
        }

        private void number(Class<?> sealed) {
            List<Class<?>> leaves = new ArrayList<>();
            addLeaves(sealed, leaves);
            for (int i = 0; i < leaves.size(); i++) {
                bits.put(leaves.get(i), 1L << i);
            }
        }

        private static void addLeaves(Class<?> type, List<Class<?>> leaves) {
            if (type.isSealed()) {
                for (Class<?> permitted : type.getPermittedSubclasses()) {
                    addLeaves(permitted, leaves);
                }
            } else if (!leaves.contains(type)) {
                leaves.add(type);
            }
        }

        private long bitsOf(List<?> cases) {
            long sum = 0;
            for (Object each : cases) {
                sum |= Objects.requireNonNull(bits.get(each.getClass()));
            }
            return sum;
        }
    }

    void masterStepped(String input, Step<?, ?> step) {
        stepped(MASTER, input, step);
    }

    void agentStepped(String input, Step<?, ?> step) {
        stepped(AGENT, input, step);
    }

    /** A framework heard something of a task. */
    void heard(String before, String after, String why) {
        count(new Behaviour("task", before + " -> " + after + " " + why, 0, 0));
    }

    /** Something happened that worlds are meant to bring about. */
    void passed(String milestone) {
        milestones.merge(milestone, 1L, Long::sum);
    }

    private void stepped(Kinds kinds, String input, Step<?, ?> step) {
        count(new Behaviour(kinds.machine, input, kinds.bitsOf(step.durable()), kinds.bitsOf(step.effects())));
    }

    private void count(Behaviour behaviour) {
        behaviours.merge(behaviour, 1L, Long::sum);
    }

    /** Adds what another has seen. */
    public void add(Coverage other) {
        other.behaviours.forEach((behaviour, times) -> behaviours.merge(behaviour, times, Long::sum));
        other.milestones.forEach((milestone, times) -> milestones.merge(milestone, times, Long::sum));
    }

    /** How many different behaviours there were. */
    public int distinct() {
        return behaviours.size();
    }

    /** The milestones that were passed, with how often. */
    public SequencedMap<String, Long> milestones() {
        return milestones;
    }

    /** The number of different behaviours of each machine. */
    public SequencedMap<String, Long> distinctByMachine() {
        SequencedMap<String, Long> counts = new TreeMap<>();
        behaviours.keySet().forEach(behaviour -> counts.merge(behaviour.machine(), 1L, Long::sum));
        return counts;
    }
}
