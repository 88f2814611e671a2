package org.nucleus.master.core.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.nucleus.access.Action;
import org.nucleus.master.core.allocation.QuotaHeadroom;
import org.nucleus.master.core.offer.Offers;
import org.nucleus.master.core.state.Answers;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.MadeOffer;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Outcome;
import org.nucleus.master.core.state.Quota;
import org.nucleus.resources.Roles;
import org.nucleus.wire.master.QuotaConfig;

/**
 * Quotas as operators set them. A quota holds at once: offers beyond a limit, or of what others are promised now, are
 * taken back. Source: master/quota_handler.cpp.
 */
public final class Quotas {
    private final Offers offers;

    public Quotas(Offers offers) {
        this.offers = offers;
    }

    /** All quotas of the call, or none. */
    public void update(MasterInput.UpdateQuota in, Frame frame) {
        SequencedMap<String, Quota> next = new LinkedHashMap<>();
        for (QuotaConfig config : in.configs()) {
            Optional<String> refusal = QuotaRules.refusal(config, frame);
            if (refusal.isPresent()) {
                frame.emit(Answers.invalid(in.ticket(), refusal.get()));
                return;
            }
            next.put(config.role(), Quota.of(config));
        }
        Optional<String> unfit = in.force() ? Optional.empty() : unfit(next, frame);
        if (unfit.isPresent()) {
            frame.emit(Answers.invalid(in.ticket(), unfit.get()));
            return;
        }
        for (String role : next.keySet()) {
            if (!in.caller().grants().permits(Action.UPDATE_QUOTAS, role)) {
                frame.emit(Answers.forbidden(in.ticket(), "Not authorized to update quota of role '" + role + "'"));
                return;
            }
        }
        set(next, frame);
        frame.emit(Answers.ok(in.ticket()));
    }

    /** The call of before 1.9: what it guarantees limits, too, and it changes no quota that is there. */
    public void set(MasterInput.SetQuota in, Frame frame) {
        String prefix = "Failed to validate set quota request: ";
        Optional<String> refusal = QuotaRules.refusal(in.request(), frame);
        if (refusal.isPresent()) {
            frame.emit(Answers.invalid(in.ticket(), prefix + refusal.get()));
            return;
        }
        String role = Objects.requireNonNull(in.request().role(), "checked above");
        if (role.contains("/")) {
            frame.emit(
                    Answers.invalid(in.ticket(), "Setting quota on nested role '" + role + "' is not supported yet"));
            return;
        }
        if (frame.state().policy().quotas().containsKey(role)) {
            frame.emit(Answers.invalid(in.ticket(), prefix + "Can not set quota for a role that already has quota"));
            return;
        }
        if (!in.caller().grants().permits(Action.UPDATE_QUOTAS, role)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to set quota of role '" + role + "'"));
            return;
        }
        SequencedMap<String, Quota> next = new LinkedHashMap<>();
        next.put(role, Quota.ofGuarantee(in.request().guarantee()));
        Optional<String> beyond = isForced(in) ? Optional.empty() : QuotaRules.beyondCluster(next, frame);
        if (beyond.isPresent()) {
            String why = "Heuristic capacity check for set quota request failed: " + beyond.get();
            frame.emit(new Effect.Reply(in.ticket(), Outcome.CONFLICT, why));
            return;
        }
        set(next, frame);
        frame.emit(Answers.ok(in.ticket()));
    }

    private static boolean isForced(MasterInput.SetQuota in) {
        return Boolean.TRUE.equals(in.request().force());
    }

    public void remove(MasterInput.RemoveQuota in, Frame frame) {
        String role = in.role();
        Optional<String> refusal = Roles.refusal(role);
        if (refusal.isPresent()) {
            frame.emit(Answers.invalid(
                    in.ticket(), "Failed to validate remove quota request: Invalid role '" + role + "'"));
            return;
        }
        if (!frame.state().policy().quotas().containsKey(role)) {
            frame.emit(Answers.invalid(
                    in.ticket(),
                    "Failed to remove quota for role '" + role + "': Role '" + role + "' has no quota set"));
            return;
        }
        if (!in.caller().grants().permits(Action.UPDATE_QUOTAS, role)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to remove quota of role '" + role + "'"));
            return;
        }
        frame.record(new Change.QuotaSet(role, Quota.NONE));
        frame.allocate(null);
        frame.emit(Answers.ok(in.ticket()));
    }

    private static Optional<String> unfit(SequencedMap<String, Quota> next, Frame frame) {
        for (var entry : next.entrySet()) {
            Optional<String> below = QuotaRules.belowConsumption(entry.getKey(), entry.getValue(), frame);
            if (below.isPresent()) {
                return below;
            }
        }
        return QuotaRules.beyondCluster(next, frame)
                .map(why -> "Invalid QuotaConfig: " + why + " (use 'force' flag to bypass this check)");
    }

    private void set(SequencedMap<String, Quota> next, Frame frame) {
        next.forEach((role, quota) -> frame.record(new Change.QuotaSet(role, quota)));
        QuotaHeadroom headroom = new QuotaHeadroom(frame.state());
        next.forEach((role, quota) -> enforceLimits(role, quota, headroom, frame));
        next.values().forEach(quota -> quota.guarantees().keySet().forEach(name -> free(name, headroom, frame)));
        frame.allocate(null);
    }

    /** Takes back what the role is offered beyond its limits. */
    private void enforceLimits(String role, Quota quota, QuotaHeadroom headroom, Frame frame) {
        for (String name : quota.limits().keySet()) {
            for (MadeOffer offer : List.copyOf(frame.state().offers().all())) {
                if (headroom.excess(role, name) == 0) {
                    break;
                }
                if (Roles.top(offer.role()).equals(role) && has(offer, name)) {
                    offers.rescind(offer, frame);
                }
            }
        }
    }

    /** Takes back what others are offered, until what is promised is free. */
    private void free(String name, QuotaHeadroom headroom, Frame frame) {
        for (MadeOffer offer : List.copyOf(frame.state().offers().all())) {
            if (headroom.shortage(name) == 0) {
                return;
            }
            if (!headroom.lacks(offer.role(), name) && has(offer, name)) {
                offers.rescind(offer, frame);
            }
        }
    }

    private static boolean has(MadeOffer offer, String name) {
        return offer.resources().unreserved().nonRevocable().thousandths(name) > 0;
    }
}
