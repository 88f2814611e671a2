package org.nucleus.master.core.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Answers;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MadeOffer;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Outcome;
import org.nucleus.resources.Conversion;
import org.nucleus.resources.InvalidResources;
import org.nucleus.resources.Resources;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.agentlink.AgentEvent;

/**
 * Reservations and volumes. The master converts the resources in its own picture at once and tells the agent, which
 * says so if it can't follow. Source: master.cpp, Master::_accept and Master::apply; http.cpp, Master::Http::_operation.
 */
public final class ResourceOperations {
    private final Rescinding offers;

    public ResourceOperations(Rescinding offers) {
        this.offers = offers;
    }

    /** Where a framework wants an operation: on resources of {@code agent} that were allocated to {@code role}. */
    public record Place(Framework framework, Agent agent, String role, Caller caller) {}

    /**
     * For a framework, from what is {@code left} of its offers. What a volume becomes by growing or shrinking is not
     * left: it is offered anew.
     *
     * @return what is left now; {@code left} itself if the operation was refused
     */
    public Resources perform(Operation asked, Place place, Resources left, Frame frame) {
        Operation operation = AllocatedForm.of(asked, place.role());
        Framework framework = place.framework();
        Asker asker = new Asker(
                framework, framework.info().principal(), place.caller().grants());
        Optional<String> refusal = OperationRules.refusalOfFeedback(operation, asker, place.agent(), frame)
                .or(() -> OperationRules.refusal(operation, asker, place.agent(), frame))
                .or(() -> OperationAccess.refusal(operation, asker));
        if (refusal.isPresent()) {
            OperationUpdates.refuse(framework, operation, place.agent().id(), refusal.get(), frame);
            return left;
        }
        return switch (reading(operation)) {
            case Reading.Invalid(var why) -> {
                OperationUpdates.refuse(framework, operation, place.agent().id(), why, frame);
                yield left;
            }
            case Reading.Valid(var conversion) -> convert(operation, conversion, place, left, frame);
        };
    }

    private Resources convert(Operation operation, Conversion conversion, Place place, Resources left, Frame frame) {
        Resources after = conversion.applyTo(left).orElse(null);
        Resources total =
                conversion.unallocated().applyTo(place.agent().total()).orElse(null);
        if (after == null || total == null) {
            OperationUpdates.refuse(
                    place.framework(),
                    operation,
                    place.agent().id(),
                    "Invalid " + operation.type() + " operation: " + left + " does not contain "
                            + conversion.consumed(),
                    frame);
            return left;
        }
        rescindShared(conversion, place.agent(), frame);
        apply(operation, place.framework().id(), place.agent(), total, frame);
        boolean resized =
                operation.type() == Operation.Type.GROW_VOLUME || operation.type() == Operation.Type.SHRINK_VOLUME;
        return resized ? left.minus(conversion.consumed()) : after;
    }

    /** For an operator, from what nobody uses: offers that hold some of it are rescinded. */
    public void operate(MasterInput.Operate in, Frame frame) {
        Agent agent = frame.state().agents().get(in.agent());
        if (agent == null) {
            frame.emit(Answers.invalid(in.ticket(), "No agent found with specified ID"));
            return;
        }
        Asker asker = new Asker(null, in.caller().principal(), in.caller().grants());
        Optional<String> refusal = OperationRules.refusal(in.operation(), asker, agent, frame);
        if (refusal.isPresent()) {
            frame.emit(Answers.invalid(
                    in.ticket(),
                    "Invalid " + in.operation().type() + " operation on agent " + agent.id() + ": " + refusal.get()));
            return;
        }
        Optional<String> unauthorized = OperationAccess.refusal(in.operation(), asker);
        if (unauthorized.isPresent()) {
            frame.emit(Answers.forbidden(in.ticket(), unauthorized.get()));
            return;
        }
        switch (reading(in.operation())) {
            case Reading.Invalid(var why) -> frame.emit(Answers.invalid(in.ticket(), why));
            case Reading.Valid(var conversion) -> operate(in, conversion.unallocated(), agent, frame);
        }
    }

    private void operate(MasterInput.Operate in, Conversion conversion, Agent agent, Frame frame) {
        Resources total = conversion.applyTo(agent.total()).orElse(null);
        Optional<String> conflict = conflict(conversion, agent, frame);
        if (conflict.isPresent() || total == null) {
            String why = conflict.orElse("The agent doesn't have these resources");
            frame.emit(new Effect.Reply(in.ticket(), Outcome.CONFLICT, why));
            return;
        }
        rescindShared(conversion, agent, frame);
        rescindFor(conversion.consumed(), agent, frame);
        apply(in.operation(), null, agent, total, frame);
        frame.allocate(agent.id());
        frame.emit(Answers.accepted(in.ticket()));
    }

    /** Nothing is rescinded for an operation that can't be done however many offers are. */
    private static Optional<String> conflict(Conversion conversion, Agent agent, Frame frame) {
        if (!agent.isConnected()) {
            return Optional.of("Agent " + agent.id() + " is disconnected");
        }
        Resources used = frame.state().agents().used(agent.id()).unallocated();
        Resources unused = agent.total().besides(used).orElse(Resources.none());
        return unused.contains(conversion.consumed())
                ? Optional.empty()
                : Optional.of(unused + " of agent " + agent.id() + " does not contain " + conversion.consumed());
    }

    private void rescindFor(Resources needed, Agent agent, Frame frame) {
        for (MadeOffer offer : offersOn(agent, frame)) {
            Resources free = frame.state().agents().free(agent.id());
            if (free.contains(needed)) {
                return;
            }
            if (!offer.resources().unallocated().ofKindsIn(needed).isEmpty()) {
                offers.rescind(offer, frame);
            }
        }
    }

    /** A shared volume that goes may be in several offers at once. */
    private void rescindShared(Conversion conversion, Agent agent, Frame frame) {
        Resources gone = conversion.consumed().unallocated().shared();
        if (gone.isEmpty()) {
            return;
        }
        for (MadeOffer offer : offersOn(agent, frame)) {
            if (!offer.resources().unallocated().ofKindsIn(gone).isEmpty()) {
                offers.rescind(offer, frame);
            }
        }
    }

    private static List<MadeOffer> offersOn(Agent agent, Frame frame) {
        List<MadeOffer> made = new ArrayList<>();
        for (OfferId id : frame.state().agents().offers(agent.id())) {
            made.add(Objects.requireNonNull(frame.state().offers().get(id)));
        }
        return made;
    }

    private static void apply(
            Operation operation, @Nullable FrameworkId framework, Agent agent, Resources total, Frame frame) {
        frame.record(new Change.AgentReshaped(agent.id(), total));
        var uuid = OperationUpdates.nextUuid(frame);
        frame.record(new Change.OperationSent());
        OperationUpdates.follow(operation, uuid, framework, agent.id(), frame);
        frame.tell(
                agent,
                AgentEvent.applyOperation(frame.epoch(), new AgentEvent.ApplyOperation(framework, uuid, operation)));
    }

    private sealed interface Reading {
        record Valid(Conversion conversion) implements Reading {}

        record Invalid(String why) implements Reading {}
    }

    private static Reading reading(Operation operation) {
        try {
            return Conversion.of(operation)
                    .<Reading>map(Reading.Valid::new)
                    .orElseGet(() -> new Reading.Invalid("Unknown operation type"));
        } catch (InvalidResources e) {
            return new Reading.Invalid(String.valueOf(e.getMessage()));
        }
    }
}
