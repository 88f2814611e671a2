package org.nucleus.agent.checkpoint;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/**
 * Which changes of an agent's own facts a restart may bring without the agent becoming another. Source:
 * slave/compatibility.cpp.
 */
public enum Reconfiguration {
    /** None. */
    EQUAL,
    /** More of a resource, new resources, new attributes, more in an attribute's ranges. */
    ADDITIVE;

    /** By the original's name. */
    public static Optional<Reconfiguration> named(String name) {
        return switch (name) {
            case "equal" -> Optional.of(EQUAL);
            case "additive" -> Optional.of(ADDITIVE);
            default -> Optional.empty();
        };
    }

    /** What stands against it, in words; empty if the change is allowed. */
    public Optional<String> objection(AgentInfo before, AgentInfo now) {
        return changed("hostname", before.hostname(), now.hostname())
                .or(() -> port(before.port(), now.port()))
                .or(() -> changed("domain", before.domain(), now.domain()))
                .or(() -> attributes(before.attributes(), now.attributes()))
                .or(() -> resources(Resources.of(before.resources()), Resources.of(now.resources())));
    }

    /** 0 is whichever the machine chose: from it, and to it, any change is allowed. */
    private static Optional<String> port(int before, int now) {
        return before == 0 || now == 0 ? Optional.empty() : changed("port", before, now);
    }

    private Optional<String> attributes(List<Attribute> before, List<Attribute> now) {
        TreeMap<String, Attribute> had = byName(before);
        TreeMap<String, Attribute> has = byName(now);
        for (var each : had.entrySet()) {
            Attribute other = has.get(each.getKey());
            if (other == null) {
                return Optional.of("attribute '" + each.getKey() + "' is gone");
            }
            if (!other.equals(each.getValue()) && !(this == ADDITIVE && isWider(each.getValue(), other))) {
                return Optional.of(
                        "attribute '" + each.getKey() + "' was " + text(each.getValue()) + " and is " + text(other));
            }
        }
        if (this == EQUAL) {
            has.keySet().removeAll(had.keySet());
            return has.keySet().stream().findFirst().map(name -> "attribute '" + name + "' is new");
        }
        return Optional.empty();
    }

    private static TreeMap<String, Attribute> byName(List<Attribute> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(Attribute::name, Function.identity(), (first, _) -> first, TreeMap::new));
    }

    /** Whether ranges were added to, and nothing taken. */
    private static boolean isWider(Attribute before, Attribute now) {
        Value.Ranges had = before.ranges();
        Value.Ranges has = now.ranges();
        return had != null
                && has != null
                && had.range().stream()
                        .allMatch(part -> has.range().stream()
                                .anyMatch(whole -> whole.begin() <= part.begin() && part.end() <= whole.end()));
    }

    private static String text(Attribute attribute) {
        if (attribute.text() != null) {
            return "'" + attribute.text().value() + "'";
        }
        return String.valueOf(attribute.scalar() != null ? attribute.scalar().value() : attribute.ranges());
    }

    private Optional<String> resources(Resources before, Resources now) {
        Optional<Resources> more = now.without(before);
        if (more.isEmpty()) {
            return Optional.of("resources were " + text(before) + " and are " + text(now));
        }
        return this == EQUAL && !more.get().isEmpty()
                ? Optional.of("resources were " + text(before) + " and are " + text(now))
                : Optional.empty();
    }

    private static String text(Resources resources) {
        return resources.toList().stream().map(Reconfiguration::text).collect(Collectors.joining("; "));
    }

    private static String text(Resource resource) {
        if (resource.scalar() != null) {
            return resource.name() + ":" + resource.scalar().value();
        }
        if (resource.ranges() != null) {
            return resource.name() + ":"
                    + resource.ranges().range().stream()
                            .map(range -> range.begin() + "-" + range.end())
                            .collect(Collectors.joining(",", "[", "]"));
        }
        return resource.name() + ":" + resource.set();
    }

    private static Optional<String> changed(String name, @Nullable Object before, @Nullable Object now) {
        return Objects.equals(before, now)
                ? Optional.empty()
                : Optional.of(name + " was '" + before + "' and is '" + now + "'");
    }
}
