package org.nucleus.master.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.master.core.state.AgentConstraints;
import org.nucleus.resources.TextPattern;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.DomainInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.scheduler.AttributeConstraint;
import org.nucleus.wire.scheduler.AttributeConstraint.Predicate;
import org.nucleus.wire.scheduler.AttributeConstraint.Selector;
import org.nucleus.wire.scheduler.OfferConstraints;

/** Which agents offer constraints admit. The agent has a rack, a level that is no text, and a zone. */
class ConstraintsTest {
    private static final AgentInfo AGENT = AgentInfo.builder()
            .hostname("h1")
            .attributes(List.of(
                    Attribute.builder()
                            .name("rack")
                            .type(Value.Type.TEXT)
                            .text(new Value.Text("r12"))
                            .build(),
                    Attribute.builder()
                            .name("level")
                            .type(Value.Type.SCALAR)
                            .scalar(new Value.Scalar(3))
                            .build()))
            .domain(new DomainInfo(new DomainInfo.FaultDomain(
                    new DomainInfo.FaultDomain.RegionInfo("eu"), new DomainInfo.FaultDomain.ZoneInfo("eu-1"))))
            .build();

    @ParameterizedTest(name = "{0} {1} {2} -> {3}")
    @CsvSource({
        "rack, EXISTS, , true",
        "shelf, EXISTS, , false",
        "rack, NOT_EXISTS, , false",
        "shelf, NOT_EXISTS, , true",
        "rack, EQUALS, r12, true",
        "rack, EQUALS, r13, false",
        "shelf, EQUALS, r12, false",
        "level, EQUALS, 4, true",
        "rack, NOT_EQUALS, r12, false",
        "shelf, NOT_EQUALS, r12, true",
        "level, NOT_EQUALS, 3, true",
        "rack, MATCHES, r[0-9]+, true",
        "rack, MATCHES, r[0-9], false",
        "rack, NOT_MATCHES, r[0-9]+, false",
        "shelf, NOT_MATCHES, .*, true",
        "HOSTNAME, EQUALS, h1, true",
        "REGION, EQUALS, us, false",
        "ZONE, MATCHES, eu-.*, true"
    })
    void aPredicateHoldsOrNot(String attribute, String predicate, @Nullable String value, boolean expected) {
        assertThat(admits(List.of(List.of(constraint(attribute, predicate, value)))))
                .isEqualTo(expected);
    }

    @Test
    void oneGroupMustHoldAsAWhole() {
        AttributeConstraint holds = constraint("rack", "EQUALS", "r12");
        AttributeConstraint fails = constraint("rack", "EQUALS", "r13");

        assertThat(admits(List.of(List.of(holds, fails), List.of(fails)))).isFalse();
        assertThat(admits(List.of(List.of(holds, fails), List.of(holds)))).isTrue();
    }

    @Test
    void rolesWithoutConstraintsWantAnyAgent() {
        AgentConstraints constraints =
                AgentConstraints.of(of(List.of(List.of(constraint("shelf", "EXISTS", null)))), 100);

        assertThat(constraints.admit("web", AGENT)).isFalse();
        assertThat(constraints.admit("batch", AGENT)).isTrue();
    }

    @Test
    void aRegexThatIsTooComplexIsRefused() {
        OfferConstraints constraints = of(List.of(List.of(constraint("rack", "MATCHES", "[a-z]{500}"))));

        assertThatThrownBy(() -> AgentConstraints.of(constraints, 100)).isInstanceOf(TextPattern.Unusable.class);
    }

    private static boolean admits(List<List<AttributeConstraint>> groups) {
        return AgentConstraints.of(of(groups), 100).admit("web", AGENT);
    }

    private static OfferConstraints of(List<List<AttributeConstraint>> groups) {
        Map<String, OfferConstraints.RoleConstraints> byRole = new LinkedHashMap<>();
        byRole.put(
                "web",
                new OfferConstraints.RoleConstraints(groups.stream()
                        .map(OfferConstraints.RoleConstraints.Group::new)
                        .toList()));
        return new OfferConstraints(byRole);
    }

    private static AttributeConstraint constraint(String attribute, String predicate, @Nullable String value) {
        String text = value == null ? "" : value;
        Predicate.Builder wanted = Predicate.builder();
        switch (predicate) {
            case "EXISTS" -> wanted.exists(new Predicate.Exists());
            case "NOT_EXISTS" -> wanted.notExists(new Predicate.NotExists());
            case "EQUALS" -> wanted.textEquals(new Predicate.TextEquals(text));
            case "NOT_EQUALS" -> wanted.textNotEquals(new Predicate.TextNotEquals(text));
            case "MATCHES" -> wanted.textMatches(new Predicate.TextMatches(text));
            default -> wanted.textNotMatches(new Predicate.TextNotMatches(text));
        }
        Selector selector = attribute.equals(attribute.toUpperCase(java.util.Locale.ROOT))
                ? new Selector(Selector.PseudoattributeType.valueOf(attribute), null)
                : new Selector(null, attribute);
        return new AttributeConstraint(selector, wanted.build());
    }
}
