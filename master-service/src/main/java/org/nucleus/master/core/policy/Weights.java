package org.nucleus.master.core.policy;

import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Action;
import org.nucleus.master.core.offer.Offers;
import org.nucleus.master.core.state.Answers;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.MadeOffer;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.resources.Roles;
import org.nucleus.wire.WeightInfo;

/**
 * Weights of roles as operators set them. If a role with frameworks weighs something else now, all offers are taken
 * back, and are made again by the new weights. Source: master/weights_handler.cpp.
 */
public final class Weights {
    private final Offers offers;

    public Weights(Offers offers) {
        this.offers = offers;
    }

    /** All weights of the call, or none. */
    public void update(MasterInput.UpdateWeights in, Frame frame) {
        for (WeightInfo weight : in.weights()) {
            Optional<String> refusal = refusal(weight, frame.settings().roles());
            if (refusal.isPresent()) {
                frame.emit(Answers.invalid(
                        in.ticket(), "Failed to validate update weights request JSON: " + refusal.get()));
                return;
            }
        }
        for (WeightInfo weight : in.weights()) {
            if (!in.caller().grants().permits(Action.UPDATE_WEIGHTS, role(weight))) {
                frame.emit(Answers.forbidden(
                        in.ticket(), "Not authorized to update the weight of role '" + role(weight) + "'"));
                return;
            }
        }
        in.weights().forEach(weight -> frame.record(new Change.WeightSet(role(weight), weight.weight())));
        if (in.weights().stream().anyMatch(weight -> isUsed(role(weight), frame))) {
            for (MadeOffer offer : List.copyOf(frame.state().offers().all())) {
                offers.rescind(offer, frame);
            }
            frame.allocate(null);
        }
        frame.emit(Answers.ok(in.ticket()));
    }

    private static Optional<String> refusal(WeightInfo weight, @Nullable SequencedSet<String> known) {
        String role = role(weight);
        Optional<String> invalid = Roles.refusal(role).map(why -> "Invalid role '" + role + "': " + why);
        if (invalid.isPresent()) {
            return invalid;
        }
        if (known != null && !known.contains(role) && !role.equals(Roles.UNRESERVED)) {
            return Optional.of("Unknown role '" + role + "'");
        }
        return weight.weight() > 0 && weight.weight() < Double.POSITIVE_INFINITY
                ? Optional.empty()
                : Optional.of(
                        "for role '" + role + "': Invalid weight '" + weight.weight() + "': Weights must be positive");
    }

    private static String role(WeightInfo weight) {
        return weight.role() == null ? "" : weight.role().strip();
    }

    /** Whether a framework is subscribed to the role, or to one below it. */
    private static boolean isUsed(String role, Frame frame) {
        return frame.state().frameworks().all().stream()
                .flatMap(framework -> framework.roles().stream())
                .anyMatch(each -> each.equals(role) || Roles.isBelow(each, role));
    }
}
