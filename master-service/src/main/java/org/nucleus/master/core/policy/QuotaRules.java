package org.nucleus.master.core.policy;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.MadeOffer;
import org.nucleus.master.core.state.Quota;
import org.nucleus.master.core.state.Shares;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Roles;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;
import org.nucleus.wire.master.QuotaConfig;
import org.nucleus.wire.master.QuotaRequest;

/** What a quota must look like, and what it must be measured against. Source: master/quota.cpp, quota_handler.cpp. */
final class QuotaRules {
    /** An exabyte in MiB; the original's bound of memory and disk. */
    private static final double MOST_MIB = 1024.0 * 1024 * 1024 * 1024;

    private static final double MOST_OF_OTHERS = 1e12;

    private QuotaRules() {}

    /** Why this is no quota; empty if it is one. */
    static Optional<String> refusal(QuotaConfig config, Frame frame) {
        String role = config.role();
        SequencedSet<String> known = frame.settings().roles();
        if (known != null && !known.contains(role)) {
            return Optional.of("Invalid QuotaConfig: '" + role + "' is not on the roles whitelist");
        }
        if (role.contains("/")) {
            return Optional.of("Updating quota on nested role '" + role + "' is not supported yet");
        }
        return Roles.refusal(role)
                .map(why -> "Invalid 'QuotaConfig.role': " + why)
                .or(() -> amounts(config.guarantees(), "guarantee"))
                .or(() -> amounts(config.limits(), "limit"))
                .or(() -> contained(config))
                .map(why -> "Invalid QuotaConfig: " + why);
    }

    private static Optional<String> amounts(Map<String, Value.Scalar> amounts, String kind) {
        for (Map.Entry<String, Value.Scalar> entry : amounts.entrySet()) {
            String what = "{'" + entry.getKey() + "': " + entry.getValue().value() + "}";
            double value = entry.getValue().value();
            boolean mib = entry.getKey().equals("mem") || entry.getKey().equals("disk");
            if (!(value >= 0)) {
                return Optional.of("Invalid " + kind + " configuration " + what + ": values must not be negative");
            }
            if (value > (mib ? MOST_MIB : MOST_OF_OTHERS)) {
                return Optional.of("Invalid 'QuotaConfig." + kind + "s': " + what + " is invalid: values greater than "
                        + (mib ? "1 exabyte (1099511627776)" : "1 trillion (1000000000000)") + " are not supported");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> contained(QuotaConfig config) {
        Quota quota = Quota.of(config);
        for (Map.Entry<String, Long> guarantee : quota.guarantees().entrySet()) {
            Long limit = quota.limits().get(guarantee.getKey());
            if (limit != null && limit < guarantee.getValue()) {
                return Optional.of("'QuotaConfig.guarantees' " + text(quota.guarantees())
                        + " is not contained within the 'QuotaConfig.limits' " + text(quota.limits()));
            }
        }
        return Optional.empty();
    }

    /** Why this is no quota of before 1.9; empty if it is one. */
    static Optional<String> refusal(QuotaRequest request, Frame frame) {
        String role = request.role();
        if (role == null) {
            return Optional.of("QuotaInfo must specify a role");
        }
        Optional<String> refusal = Roles.refusal(role).map(why -> "QuotaInfo with invalid role: " + why);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (request.guarantee().isEmpty()) {
            return Optional.of("QuotaInfo with empty 'guarantee'");
        }
        SequencedSet<String> names = new LinkedHashSet<>();
        for (Resource resource : request.guarantee()) {
            Optional<String> fault = fault(resource, names.add(resource.name()));
            if (fault.isPresent()) {
                return fault;
            }
        }
        SequencedSet<String> known = frame.settings().roles();
        return known != null && !known.contains(role) ? Optional.of("Unknown role '" + role + "'") : Optional.empty();
    }

    private static Optional<String> fault(Resource resource, boolean first) {
        if (!resource.reservations().isEmpty() || resource.reservation() != null) {
            return Optional.of("QuotaInfo must not contain any ReservationInfo");
        }
        if (resource.disk() != null) {
            return Optional.of("QuotaInfo must not contain DiskInfo");
        }
        if (resource.revocable() != null) {
            return Optional.of("QuotaInfo must not contain RevocableInfo");
        }
        if (resource.type() != Value.Type.SCALAR) {
            return Optional.of("QuotaInfo must not include non-scalar resources");
        }
        return first
                ? Optional.empty()
                : Optional.of("QuotaInfo contains duplicate resource name '" + resource.name() + "'");
    }

    /** Why {@code quota} is below what {@code role} has already; empty if it isn't. Offers don't count: they can end. */
    static Optional<String> belowConsumption(String role, Quota quota, Frame frame) {
        SequencedMap<String, Long> consumed = new LinkedHashMap<>();
        Resources offered = offered(role, frame);
        boolean above = false;
        for (Map.Entry<String, Long> limit : quota.limits().entrySet()) {
            Shares shares = frame.state().shares();
            int place = shares.placeOf(limit.getKey());
            long held = place < 0 ? 0 : shares.charged(role, place) - offered.thousandths(limit.getKey());
            consumed.put(limit.getKey(), held);
            above |= held > limit.getValue();
        }
        return above
                ? Optional.of("Invalid QuotaConfig: Role '" + role + "' is already consuming " + text(consumed)
                        + "; this is more than the requested limits " + text(quota.limits())
                        + " (use 'force' flag to bypass this check)")
                : Optional.empty();
    }

    private static Resources offered(String role, Frame frame) {
        List<Resources> offered = frame.state().offers().all().stream()
                .filter(offer -> Roles.top(offer.role()).equals(role))
                .map(MadeOffer::resources)
                .map(resources -> resources.unreserved().nonRevocable())
                .toList();
        return Resources.sum(offered);
    }

    /** Why all guarantees together, with {@code next}, are more than the cluster has; empty if they aren't. */
    static Optional<String> beyondCluster(SequencedMap<String, Quota> next, Frame frame) {
        SequencedMap<String, Long> promised = new LinkedHashMap<>();
        SequencedMap<String, Quota> all =
                new LinkedHashMap<>(frame.state().policy().quotas());
        all.putAll(next);
        all.values()
                .forEach(
                        quota -> quota.guarantees().forEach((name, amount) -> promised.merge(name, amount, Long::sum)));
        Shares shares = frame.state().shares();
        SequencedMap<String, Long> capacity = new LinkedHashMap<>();
        boolean beyond = false;
        for (Map.Entry<String, Long> each : promised.entrySet()) {
            int place = shares.placeOf(each.getKey());
            long there = place < 0 ? 0 : shares.totals().amount(place);
            capacity.put(each.getKey(), there);
            beyond |= each.getValue() > there;
        }
        return beyond
                ? Optional.of("Total quota guarantees '" + text(promised) + "' exceed cluster capacity '"
                        + text(capacity) + "'")
                : Optional.empty();
    }

    private static String text(Map<String, Long> amounts) {
        List<String> parts = amounts.entrySet().stream()
                .map(each -> new Scalar(each.getKey(), Math.max(0, each.getValue())).toString())
                .toList();
        return "{" + String.join("; ", parts) + "}";
    }
}
