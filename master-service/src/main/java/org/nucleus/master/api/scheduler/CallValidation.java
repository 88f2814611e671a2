package org.nucleus.master.api.scheduler;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.scheduler.Call;

/** Whether a call is whole: everything that can be said without knowing the cluster. Source: master/validation.cpp. */
final class CallValidation {
    private static final int UUID_BYTES = 16;

    private CallValidation() {}

    /** What is wrong with {@code call} of an authenticated {@code principal}, if anything. */
    static Optional<String> fault(Call call, @Nullable String principal) {
        Call.Type type = call.type();
        if (type == null) {
            return Optional.of("Expecting 'type' to be present");
        }
        if (type == Call.Type.SUBSCRIBE) {
            return subscribeFault(call, principal);
        }
        if (call.frameworkId() == null) {
            return Optional.of("Expecting 'framework_id' to be present");
        }
        return switch (type) {
            case UNKNOWN, SUBSCRIBE, TEARDOWN, REVIVE, SUPPRESS -> Optional.empty();
            case ACCEPT -> present(call.accept(), "accept");
            case DECLINE -> present(call.decline(), "decline");
            case ACCEPT_INVERSE_OFFERS -> present(call.acceptInverseOffers(), "accept_inverse_offers");
            case DECLINE_INVERSE_OFFERS -> present(call.declineInverseOffers(), "decline_inverse_offers");
            case KILL -> present(call.kill(), "kill");
            case SHUTDOWN -> present(call.shutdown(), "shutdown");
            case ACKNOWLEDGE -> acknowledgeFault(call.acknowledge());
            case ACKNOWLEDGE_OPERATION_STATUS ->
                present(call.acknowledgeOperationStatus(), "acknowledge_operation_status");
            case RECONCILE -> present(call.reconcile(), "reconcile");
            case RECONCILE_OPERATIONS -> present(call.reconcileOperations(), "reconcile_operations");
            case MESSAGE -> present(call.message(), "message");
            case REQUEST -> present(call.request(), "request");
            case UPDATE_FRAMEWORK ->
                call.updateFramework() == null
                        ? present(null, "update_framework")
                        : foreignPrincipal(call.updateFramework().frameworkInfo(), principal);
        };
    }

    private static Optional<String> subscribeFault(Call call, @Nullable String principal) {
        Call.Subscribe subscribe = call.subscribe();
        if (subscribe == null) {
            return Optional.of("Expecting 'subscribe' to be present");
        }
        if (!Objects.equals(call.frameworkId(), subscribe.frameworkInfo().id())) {
            return Optional.of("'framework_id' differs from 'subscribe.framework_info.id'");
        }
        return foreignPrincipal(subscribe.frameworkInfo(), principal);
    }

    /** A framework is its principal's: what is reserved, and who may tear it down, is decided by that name. */
    private static Optional<String> foreignPrincipal(FrameworkInfo info, @Nullable String principal) {
        if (principal == null || info.principal() == null || principal.equals(info.principal())) {
            return Optional.empty();
        }
        return Optional.of("Authenticated principal '" + principal + "' does not match principal '" + info.principal()
                + "' set in `FrameworkInfo`");
    }

    private static Optional<String> acknowledgeFault(Call.@Nullable Acknowledge acknowledge) {
        if (acknowledge == null) {
            return Optional.of("Expecting 'acknowledge' to be present");
        }
        return acknowledge.uuid().size() == UUID_BYTES ? Optional.empty() : Optional.of("Not a valid UUID");
    }

    private static Optional<String> present(@Nullable Record body, String name) {
        return body == null ? Optional.of("Expecting '" + name + "' to be present") : Optional.empty();
    }
}
