package org.nucleus.master.core;

import java.util.List;
import java.util.Objects;
import org.nucleus.master.core.framework.Frameworks;
import org.nucleus.master.core.offer.Offers;
import org.nucleus.master.core.operation.OperationUpdates;
import org.nucleus.master.core.state.Answers;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Outcome;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.master.core.task.Reconciliation;
import org.nucleus.master.core.task.Tasks;
import org.nucleus.wire.scheduler.Call;

/** A scheduler's calls, after its subscription: who may call, and which rule decides. */
final class SchedulerCalls {
    private static final String PRESENT = "checked by the edge";

    private final Frameworks frameworks;
    private final Offers offers;
    private final Tasks tasks;
    private final Reconciliation reconciliation;
    private final OperationUpdates operations;

    /** Who decides. */
    record Rules(
            Frameworks frameworks,
            Offers offers,
            Tasks tasks,
            Reconciliation reconciliation,
            OperationUpdates operations) {}

    SchedulerCalls(Rules rules) {
        this.frameworks = rules.frameworks();
        this.offers = rules.offers();
        this.tasks = rules.tasks();
        this.reconciliation = rules.reconciliation();
        this.operations = rules.operations();
    }

    void decide(MasterInput.SchedulerCall in, Frame frame) {
        Call call = in.call();
        Framework framework =
                call.frameworkId() == null ? null : frame.state().frameworks().get(call.frameworkId());
        if (framework == null) {
            frame.emit(Answers.invalid(in.ticket(), "Framework cannot be found"));
            return;
        }
        if (isAllowed(in, framework, frame)) {
            perform(in, framework, frame);
        }
    }

    /** The original's checks in its order. Source: http.cpp, Master::Http::scheduler. */
    private static boolean isAllowed(MasterInput.SchedulerCall in, Framework framework, Frame frame) {
        Ticket ticket = in.ticket();
        String principal = in.caller().principal();
        String owner = framework.info().principal();
        if (principal != null && !principal.equals(owner)) {
            frame.emit(Answers.invalid(
                    ticket,
                    "Authenticated principal '" + principal + "' does not match principal '"
                            + (owner == null ? "" : owner) + "' set in `FrameworkInfo`"));
            return false;
        }
        if (!(framework.link() instanceof Framework.Link.Connected connected)) {
            frame.emit(Answers.forbidden(ticket, "Framework is not subscribed"));
            return false;
        }
        if (in.stream() == null) {
            frame.emit(Answers.invalid(ticket, "All non-subscribe calls should include the 'Mesos-Stream-Id' header"));
            return false;
        }
        if (!in.stream().equals(connected.stream())) {
            frame.emit(Answers.invalid(
                    ticket,
                    "The stream ID '" + in.stream() + "' included in this request didn't match the stream ID currently"
                            + " associated with framework ID " + framework.id()));
            return false;
        }
        return true;
    }

    private void perform(MasterInput.SchedulerCall in, Framework framework, Frame frame) {
        Call call = in.call();
        Call.Type type = Objects.requireNonNullElse(call.type(), Call.Type.UNKNOWN);
        switch (type) {
            case TEARDOWN -> frameworks.end(framework, frame);
            case ACCEPT -> offers.accept(framework, Objects.requireNonNull(call.accept(), PRESENT), in.caller(), frame);
            case DECLINE -> offers.decline(framework, Objects.requireNonNull(call.decline(), PRESENT), frame);
            case REVIVE -> {
                Call.Revive revive = call.revive();
                frameworks.revive(framework, revive == null ? List.of() : revive.roles(), frame);
            }
            case SUPPRESS -> {
                Call.Suppress suppress = call.suppress();
                frameworks.suppress(framework, suppress == null ? List.of() : suppress.roles(), frame);
            }
            case KILL -> tasks.kill(framework, Objects.requireNonNull(call.kill(), PRESENT), frame);
            case SHUTDOWN -> tasks.shutdownExecutor(framework, Objects.requireNonNull(call.shutdown(), PRESENT), frame);
            case ACKNOWLEDGE ->
                tasks.acknowledge(framework, Objects.requireNonNull(call.acknowledge(), PRESENT), frame);
            case RECONCILE ->
                reconciliation.reconcile(framework, Objects.requireNonNull(call.reconcile(), PRESENT), frame);
            case MESSAGE -> tasks.message(framework, Objects.requireNonNull(call.message(), PRESENT), frame);
            case UPDATE_FRAMEWORK -> {
                var update = Objects.requireNonNull(call.updateFramework(), PRESENT);
                frameworks.update(in.ticket(), framework, update, in.caller(), frame);
                return;
            }
            case RECONCILE_OPERATIONS ->
                operations.reconcile(framework, Objects.requireNonNull(call.reconcileOperations(), PRESENT), frame);
            case ACCEPT_INVERSE_OFFERS ->
                offers.acceptInverse(framework, Objects.requireNonNull(call.acceptInverseOffers(), PRESENT), frame);
            case DECLINE_INVERSE_OFFERS ->
                offers.declineInverse(framework, Objects.requireNonNull(call.declineInverseOffers(), PRESENT), frame);
            case ACKNOWLEDGE_OPERATION_STATUS ->
                operations.acknowledge(
                        framework, Objects.requireNonNull(call.acknowledgeOperationStatus(), PRESENT), frame);
            case REQUEST -> {
                // the original's allocator ignores requests, too
            }
            case SUBSCRIBE, UNKNOWN -> {
                frame.emit(new Effect.Reply(in.ticket(), Outcome.UNSUPPORTED, "Received 'UNKNOWN' call"));
                return;
            }
        }
        frame.emit(Answers.accepted(in.ticket()));
    }
}
