package org.nucleus.master.api.operator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.master.Call;

/** What a call must have to be looked at. Source: master/validation.cpp, master::call::validate. */
final class Validation {
    private Validation() {}

    static Optional<String> fault(Call call) {
        if (call.type() == null) {
            return Optional.of("Expecting 'type' to be present");
        }
        return switch (call.type()) {
            case GET_METRICS -> present(call.getMetrics(), "get_metrics");
            case SET_LOGGING_LEVEL -> present(call.setLoggingLevel(), "set_logging_level");
            case TEARDOWN -> present(call.teardown(), "teardown");
            case MARK_AGENT_GONE -> present(call.markAgentGone(), "mark_agent_gone");
            default -> Optional.empty();
        };
    }

    private static Optional<String> present(@Nullable Object part, String name) {
        return part == null ? Optional.of("Expecting '" + name + "' to be present") : Optional.empty();
    }
}
