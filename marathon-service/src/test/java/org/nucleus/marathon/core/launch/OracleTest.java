package org.nucleus.marathon.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nucleus.marathon.core.state.AgentFields;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Constraint.Operator;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Ports;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Value;

/** Constraints and ports against oracles that try everything: whatever is drawn, both say the same. */
class OracleTest {
    private static final int CASES = 20_000;

    @Test
    void portsArePickedWheneverThereIsAWay() {
        Random random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            List<Value.Range> offered = ranges(random);
            Ports wanted = ports(random);
            Optional<List<Integer>> picked = PortPicker.pick(wanted, offered, random::nextInt);
            assertThat(picked.isPresent())
                    .as("%s of %s", wanted, offered)
                    .isEqualTo(isPossible(asked(wanted), 0, new LinkedHashSet<>(numbers(offered))));
            picked.ifPresent(ports -> assertFits(ports, asked(wanted), numbers(offered)));
        }
    }

    private static void assertFits(List<Integer> picked, List<Integer> asked, Set<Integer> offered) {
        List<Integer> taken = picked.stream().filter(port -> port != 0).toList();
        assertThat(taken).doesNotHaveDuplicates().allMatch(offered::contains);
        for (int i = 0; i < asked.size(); i++) {
            int port = asked.get(i);
            assertThat(port < 0 ? picked.get(i) == 0 : port == 0 || picked.get(i) == port)
                    .isTrue();
        }
    }

    /** Tries every free port for every definition: −1 asks for none, 0 for any, else for that number. */
    private static boolean isPossible(List<Integer> asked, int at, Set<Integer> free) {
        if (at == asked.size()) {
            return true;
        }
        int port = asked.get(at);
        if (port < 0) {
            return isPossible(asked, at + 1, free);
        }
        for (int candidate : List.copyOf(free)) {
            if (port == 0 || port == candidate) {
                free.remove(candidate);
                boolean possible = isPossible(asked, at + 1, free);
                free.add(candidate);
                if (possible) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Integer> asked(Ports ports) {
        return ports.definitions().stream()
                .map(one -> one.mapping() == null
                        ? ports.required() ? one.port() : 0
                        : one.mapping().hostPort() == null ? -1 : one.mapping().hostPort())
                .toList();
    }

    private static Ports ports(Random random) {
        List<PortDefinition> definitions = new ArrayList<>();
        boolean mapped = random.nextBoolean();
        Set<Integer> used = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int number = random.nextBoolean() ? 0 : 1 + random.nextInt(6);
            number = used.add(number) ? number : 0;
            var mapping =
                    new PortDefinition.Mapping(80, random.nextInt(4) == 0 ? null : Integer.valueOf(number), List.of());
            definitions.add(new PortDefinition(number, "tcp", null, Map.of(), mapped ? mapping : null));
        }
        return new Ports(definitions, random.nextBoolean());
    }

    private static List<Value.Range> ranges(Random random) {
        List<Value.Range> ranges = new ArrayList<>();
        int at = 1;
        while (at <= 6) {
            int end = Math.min(6, at + random.nextInt(2));
            if (random.nextBoolean()) {
                ranges.add(new Value.Range(at, end));
            }
            at = end + 1;
        }
        return ranges;
    }

    private static Set<Integer> numbers(List<Value.Range> ranges) {
        Set<Integer> numbers = new LinkedHashSet<>();
        ranges.forEach(range ->
                IntStream.rangeClosed((int) range.begin(), (int) range.end()).forEach(numbers::add));
        return numbers;
    }

    @Test
    void constraintsSayWhatTheirDefinitionsSay() {
        Random random = new Random(2);
        for (int i = 0; i < CASES; i++) {
            List<AgentFields> placed = agents(random, 8);
            List<AgentFields> seen = new ArrayList<>(placed);
            seen.addAll(agents(random, 4));
            AgentFields agent = agent(random);
            int instances = 1 + random.nextInt(9);
            Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
            Constraint constraint = new Constraint("rack", operator, value(operator, random));
            assertThat(new Constraints(placed, seen, instances).allow(constraint, agent))
                    .as("%s on %s with %s of %s", constraint, agent, racks(placed), instances)
                    .isEqualTo(allows(constraint, agent, placed, seen, instances));
        }
    }

    private static @Nullable String value(Operator operator, Random random) {
        return switch (operator) {
            case UNIQUE, SPREAD -> null;
            case CLUSTER, GROUP_BY, MAX_PER -> {
                boolean none = operator != Operator.MAX_PER && random.nextBoolean();
                String some = Integer.toString(1 + random.nextInt(4));
                yield none ? null : operator == Operator.CLUSTER ? "r" + some : some;
            }
            case LIKE, UNLIKE -> "r[" + (1 + random.nextInt(2)) + "-" + (2 + random.nextInt(2)) + "]";
            case IS -> "r" + random.nextInt(4);
        };
    }

    /** By the words of the definitions: after the placement, the counts of the values are looked at. */
    private static boolean allows(
            Constraint constraint, AgentFields agent, List<AgentFields> placed, List<AgentFields> seen, int n) {
        String rack = agent.value("rack").orElse(null);
        if (rack == null) {
            return constraint.operator() == Operator.UNLIKE;
        }
        List<String> before = racks(placed);
        List<String> after = new ArrayList<>(before);
        after.add(rack);
        int here = count(after, rack);
        String value = constraint.value() == null ? "" : constraint.value();
        return switch (constraint.operator()) {
            case UNIQUE -> here == 1;
            case MAX_PER -> here <= Integer.parseInt(value);
            case CLUSTER ->
                value.isEmpty()
                        ? placed.isEmpty()
                                || rack.equals(placed.getFirst().value("rack").orElse(null))
                        : rack.equals(value);
            case LIKE -> rack.matches(value);
            case UNLIKE -> !rack.matches(value);
            case IS -> rack.equals(value);
            case SPREAD -> here == 1 || racks(seen).stream().allMatch(other -> here - count(after, other) <= 1);
            case GROUP_BY -> {
                if (value.isEmpty()) {
                    yield before.stream().allMatch(other -> here - count(after, other) <= 1) || here == 1;
                }
                int groups = Integer.parseInt(value);
                boolean used = before.contains(rack) || new LinkedHashSet<>(before).size() < groups;
                long others = new LinkedHashSet<>(before)
                        .stream()
                                .filter(other -> count(before, other) > n / groups)
                                .count();
                yield used && (here <= n / groups || here == n / groups + 1 && others < n % groups);
            }
        };
    }

    private static int count(List<String> racks, String rack) {
        return (int) racks.stream().filter(rack::equals).count();
    }

    private static List<String> racks(List<AgentFields> agents) {
        return agents.stream().flatMap(agent -> agent.value("rack").stream()).toList();
    }

    private static List<AgentFields> agents(Random random, int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(_ -> agent(random))
                .toList();
    }

    private static AgentFields agent(Random random) {
        List<Attribute> attributes = random.nextInt(6) == 0
                ? List.of()
                : List.of(new Attribute(
                        "rack", Value.Type.TEXT, null, null, null, new Value.Text("r" + random.nextInt(4))));
        return new AgentFields("h" + random.nextInt(5), null, null, attributes);
    }
}
