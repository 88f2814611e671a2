package org.nucleus.master.core.framework;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.master.core.task.Ids;
import org.nucleus.resources.InvalidResources;
import org.nucleus.resources.MinAllocatable;
import org.nucleus.resources.Roles;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.FrameworkInfo.Capability;
import org.nucleus.wire.OfferFilters;

/** What a framework's description must look like. Source: master/validation.cpp, framework; master.cpp, subscribe. */
final class FrameworkRules {
    /** The longest time that the original can express, in seconds: 2^63 nanoseconds. */
    private static final double LONGEST_TIMEOUT_SECONDS = Long.MAX_VALUE / 1e9;

    private FrameworkRules() {}

    /** Why a framework can't be described so; empty if it can. */
    static Optional<String> refusal(FrameworkInfo info, List<String> suppressed, MasterSettings settings) {
        return ofRoles(info)
                .or(() -> ofId(info))
                .or(() -> ofOfferFilters(info))
                .or(() -> ofTimeout(info))
                .or(() -> ofKnownRoles(info, settings.roles()))
                .or(() -> ofUser(info, settings))
                .or(() -> ofSuppressed(info, suppressed));
    }

    /** Why the caller may not have a framework like this; empty if it may. */
    static Optional<String> unauthorized(FrameworkInfo info, Caller caller) {
        List<String> refused = Framework.rolesOf(info).stream()
                .filter(role -> !caller.grants().mayRegister(role))
                .toList();
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of("Not authorized to register framework with roles " + set(refused));
    }

    private static Optional<String> ofRoles(FrameworkInfo info) {
        if (!Framework.has(info, Capability.Type.MULTI_ROLE)) {
            if (!info.roles().isEmpty()) {
                return Optional.of(
                        "'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable");
            }
            String role = info.role();
            return role == null
                    ? Optional.empty()
                    : Roles.refusal(role).map(why -> "'FrameworkInfo.role' is not a valid role: " + why);
        }
        String role = info.role();
        if (role != null && !role.equals(Roles.UNRESERVED)) {
            return Optional.of("'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable");
        }
        SequencedSet<String> seen = new LinkedHashSet<>();
        List<String> twice =
                info.roles().stream().filter(each -> !seen.add(each)).distinct().toList();
        if (!twice.isEmpty()) {
            return Optional.of("'FrameworkInfo.roles' contains duplicate items: " + set(twice));
        }
        return info.roles().stream()
                .flatMap(each -> Roles.refusal(each).stream())
                .findFirst()
                .map(why -> "'FrameworkInfo.roles' contains invalid role: " + why);
    }

    private static Optional<String> ofId(FrameworkInfo info) {
        var id = info.id();
        return id == null || id.value().isEmpty() ? Optional.empty() : Ids.refusal(id.value());
    }

    private static Optional<String> ofOfferFilters(FrameworkInfo info) {
        for (OfferFilters filters : info.offerFilters().values()) {
            var least = filters.minAllocatableResources();
            if (least == null) {
                continue;
            }
            try {
                MinAllocatable.of(least);
            } catch (InvalidResources e) {
                return Optional.of("Invalid 'FrameworkInfo.offer_filters': " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofTimeout(FrameworkInfo info) {
        double timeout = info.failoverTimeout();
        return timeout >= -LONGEST_TIMEOUT_SECONDS && timeout <= LONGEST_TIMEOUT_SECONDS
                ? Optional.empty()
                : Optional.of("The framework failover_timeout (" + timeout + ") is invalid");
    }

    private static Optional<String> ofKnownRoles(FrameworkInfo info, @Nullable SequencedSet<String> known) {
        if (known == null) {
            return Optional.empty();
        }
        List<String> unknown = Framework.rolesOf(info).stream()
                .filter(role -> !role.equals(Roles.UNRESERVED) && !known.contains(role))
                .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("Roles " + set(unknown) + " are not present in the master's --roles");
    }

    private static Optional<String> ofUser(FrameworkInfo info, MasterSettings settings) {
        return info.user().equals("root") && !settings.rootSubmissions()
                ? Optional.of("User 'root' is not allowed to run frameworks without --root_submissions set")
                : Optional.empty();
    }

    private static Optional<String> ofSuppressed(FrameworkInfo info, List<String> suppressed) {
        SequencedSet<String> roles = Framework.rolesOf(info);
        List<String> others = suppressed.stream()
                .filter(role -> !roles.contains(role))
                .distinct()
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("Suppressed roles " + set(others) + " are not contained in the set of roles");
    }

    /** As the original prints a set: {@code { a, b }}. */
    private static String set(List<String> items) {
        return items.stream().collect(Collectors.joining(", ", "{ ", " }"));
    }
}
