package org.nucleus.marathon.core.state;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Offer;

/** What constraints may speak of: where an agent stands, as it says itself. Values are compared as text. */
public record AgentFields(
        String host, @Nullable String region, @Nullable String zone, List<Attribute> attributes) {
    public AgentFields {
        attributes = List.copyOf(attributes);
    }

    public static AgentFields of(Offer offer) {
        var domain = offer.domain();
        var fault = domain == null ? null : domain.faultDomain();
        return new AgentFields(
                offer.hostname(),
                fault == null ? null : fault.region().name(),
                fault == null ? null : fault.zone().name(),
                offer.attributes());
    }

    public static AgentFields of(Run run) {
        return new AgentFields(run.host(), run.region(), run.zone(), run.attributes());
    }

    public Optional<String> value(String field) {
        return switch (field) {
            case "hostname", "@hostname" -> Optional.of(host);
            case "@region" -> Optional.ofNullable(region);
            case "@zone" -> Optional.ofNullable(zone);
            default -> attribute(field).map(AgentFields::text);
        };
    }

    public Optional<Attribute> attribute(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst();
    }

    /** Source: Constraints.getValueString: scalars with up to three decimals, ranges in brackets, sets sorted. */
    private static String text(Attribute attribute) {
        return switch (attribute.type()) {
            case TEXT -> attribute.text() == null ? "" : attribute.text().value();
            case SCALAR ->
                attribute.scalar() == null ? "" : scalar(attribute.scalar().value());
            case RANGES ->
                attribute.ranges() == null
                        ? ""
                        : attribute.ranges().range().stream()
                                .map(range -> range.begin() + "-" + range.end())
                                .collect(Collectors.joining(",", "[", "]"));
            case SET ->
                attribute.set() == null
                        ? ""
                        : attribute.set().item().stream().sorted().collect(Collectors.joining(",", "{", "}"));
        };
    }

    private static String scalar(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0).toPlainString() : rounded.toPlainString();
    }
}
