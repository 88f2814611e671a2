package org.nucleus.simulation;

import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.master.core.state.MasterInput;

/** The kinds of inputs, as far as they make a difference to what a machine does. */
final class Inputs {
    private Inputs() {}

    static String kindOf(MasterInput input) {
        return switch (input) {
            case MasterInput.SchedulerCall call -> name(call.call().type());
            case MasterInput.AgentMessage message -> name(message.call().type());
            case MasterInput.TimerFired(var key) -> key.getClass().getSimpleName();
            default -> input.getClass().getSimpleName();
        };
    }

    static String kindOf(AgentInput input) {
        return switch (input) {
            case AgentInput.EventReceived(var _, var event) -> name(event.type());
            case AgentInput.ExecutorCalled(var _, var call) -> name(call.type());
            case AgentInput.TimerFired(var key) -> key.getClass().getSimpleName();
            default -> input.getClass().getSimpleName();
        };
    }

    private static String name(@Nullable Enum<?> type) {
        return type == null ? "none" : type.name();
    }
}
