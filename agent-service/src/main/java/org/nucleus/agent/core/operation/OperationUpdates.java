package org.nucleus.agent.core.operation;

import java.time.Duration;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Operation;
import org.nucleus.wire.Uuid;
import org.nucleus.wire.agentlink.AgentCall;

/**
 * The ends of operations with feedback: each is told when it is known and on every new link, and again after 10 s,
 * doubling to 10 min, until it is acknowledged. Source: status_update_manager/operation.hpp and its constants.
 */
public final class OperationUpdates {
    private static final Duration RESEND_FIRST = Duration.ofSeconds(10);
    private static final Duration RESEND_MOST = Duration.ofMinutes(10);

    /** Stores the operation with its last status, and tells it. */
    void keep(Operation operation, Frame frame) {
        frame.record(new Change.OperationKept(operation));
        send(operation, RESEND_FIRST, frame);
    }

    /** An acknowledgement of anything but the last status is a repetition, and ignored. */
    public void acknowledge(Uuid operation, Uuid status, Frame frame) {
        Operation kept = frame.state().operations().get(operation);
        if (kept != null && status.equals(kept.latestStatus().uuid())) {
            frame.record(new Change.OperationForgotten(operation));
            frame.emit(new Effect.CancelWake(new TimerKey.ResendOperation(operation)));
        }
    }

    /** It has waited long enough: it goes again, and gets twice as long. */
    public void resend(Uuid operation, Frame frame) {
        Operation kept = frame.state().operations().get(operation);
        if (kept != null) {
            Duration twice = frame.state().resendAfter(operation).multipliedBy(2);
            send(kept, twice.compareTo(RESEND_MOST) > 0 ? RESEND_MOST : twice, frame);
        }
    }

    /** A new link: all go at once, since nobody knows which arrived. */
    public void resume(Frame frame) {
        frame.state().operations().values().forEach(operation -> send(operation, RESEND_FIRST, frame));
    }

    private static void send(Operation operation, Duration patience, Frame frame) {
        FrameworkId framework = operation.frameworkId();
        if (framework == null || !(frame.state().link() instanceof Link.Registered(long link, var _))) {
            return;
        }
        var update = new AgentCall.UpdateOperation(framework, operation.uuid(), operation.latestStatus());
        frame.record(new Change.OperationResendSet(operation.uuid(), patience));
        frame.emit(new Effect.SendCall(
                link, AgentCall.updateOperation(frame.state().agentId().orElseThrow(), update)));
        frame.emit(new Effect.Wake(
                new TimerKey.ResendOperation(operation.uuid()), frame.now().plus(patience)));
    }
}
