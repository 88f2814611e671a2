package org.nucleus.marathon.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.marathon.core.state.AgentFields;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Constraint.Operator;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Value;

/** Constraints by examples, and by placing many instances and counting where they are. */
class ConstraintsTest {
    private static AgentFields agent(String host, String rack) {
        return new AgentFields(
                host,
                null,
                null,
                List.of(new Attribute("rack", Value.Type.TEXT, null, null, null, new Value.Text(rack))));
    }

    @ParameterizedTest(name = "{0} {1} on rack {2} -> {3}")
    @CsvSource({
        "LIKE, r[12], r1, true",
        "LIKE, r[12], r12, false",
        "UNLIKE, r[12], r1, false",
        "UNLIKE, r[12], r3, true",
        "IS, r1, r1, true",
        "IS, r1, r2, false",
        "CLUSTER, r1, r1, true",
        "CLUSTER, r1, r2, false",
    })
    void looksAtTheValueAlone(Operator operator, String value, String rack, boolean expected) {
        assertThat(new Constraints(List.of(), List.of(), 1)
                        .allow(new Constraint("rack", operator, value), agent("h", rack)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"UNLIKE, true", "LIKE, false", "UNIQUE, false", "GROUP_BY, false", "CLUSTER, false", "IS, false"})
    void aMissingFieldMatchesNothingButUnlike(Operator operator, boolean expected) {
        assertThat(new Constraints(List.of(), List.of(), 1)
                        .allow(new Constraint("zone", operator, "1"), agent("h", "r")))
                .isEqualTo(expected);
    }

    /** Offers of racks in random order, as many as it takes; then the counts say whether the rule was kept. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void placementsKeepTheRule(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int racks = 2 + random.nextInt(4);
        for (Operator operator : List.of(Operator.UNIQUE, Operator.MAX_PER, Operator.CLUSTER, Operator.GROUP_BY)) {
            int number = 1 + random.nextInt(racks);
            String value =
                    operator == Operator.MAX_PER || operator == Operator.GROUP_BY ? String.valueOf(number) : null;
            Map<String, Integer> counts = place(new Constraint("rack", operator, value), racks, random);
            int most = counts.values().stream().max(Integer::compare).orElse(0);
            int least = counts.values().stream().min(Integer::compare).orElse(0);
            switch (operator) {
                case UNIQUE ->
                    assertThat(counts)
                            .hasSize(racks)
                            .allSatisfy((_, count) -> assertThat(count).isOne());
                case MAX_PER ->
                    assertThat(counts)
                            .hasSize(racks)
                            .allSatisfy((_, count) -> assertThat(count).isEqualTo(number));
                case CLUSTER -> assertThat(counts).hasSize(1);
                case GROUP_BY -> {
                    assertThat(counts).hasSize(number);
                    assertThat(most - least).isLessThanOrEqualTo(1);
                }
                case LIKE, UNLIKE, IS, SPREAD -> throw new AssertionError("not placed here");
            }
        }
    }

    private static Map<String, Integer> place(Constraint constraint, int racks, RandomGenerator random) {
        List<AgentFields> placed = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int offer = 0; offer < 500; offer++) {
            AgentFields agent = agent("h" + offer, "r" + random.nextInt(racks));
            if (new Constraints(placed, List.of(), 10).allow(constraint, agent)) {
                placed.add(agent);
                counts.merge(agent.value("rack").orElseThrow(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
