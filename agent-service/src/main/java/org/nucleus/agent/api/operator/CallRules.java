package org.nucleus.agent.api.operator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.agent.Call;

/** What a call must have to be looked at. Source: slave/validation.cpp, agent::call::validate. */
final class CallRules {
    private static final int ID_MOST = 255;

    private CallRules() {}

    static Optional<String> fault(Call call) {
        return switch (call.type()) {
            case null -> Optional.of("Expecting 'type' to be present");
            case GET_METRICS -> present(call.getMetrics(), "get_metrics");
            case SET_LOGGING_LEVEL -> present(call.setLoggingLevel(), "set_logging_level");
            case LIST_FILES -> present(call.listFiles(), "list_files");
            case READ_FILE -> present(call.readFile(), "read_file");
            case LAUNCH_NESTED_CONTAINER ->
                call.launchNestedContainer() == null
                        ? missing("launch_nested_container")
                        : nested(call.launchNestedContainer().containerId(), "launch_nested_container");
            case WAIT_NESTED_CONTAINER ->
                call.waitNestedContainer() == null
                        ? missing("wait_nested_container")
                        : nested(call.waitNestedContainer().containerId(), "wait_nested_container");
            case KILL_NESTED_CONTAINER ->
                call.killNestedContainer() == null
                        ? missing("kill_nested_container")
                        : nested(call.killNestedContainer().containerId(), "kill_nested_container");
            case REMOVE_NESTED_CONTAINER ->
                call.removeNestedContainer() == null
                        ? missing("remove_nested_container")
                        : nested(call.removeNestedContainer().containerId(), "remove_nested_container");
            case LAUNCH_NESTED_CONTAINER_SESSION ->
                call.launchNestedContainerSession() == null
                        ? missing("launch_nested_container_session")
                        : nested(call.launchNestedContainerSession().containerId(), "launch_nested_container_session");
            case LAUNCH_CONTAINER, WAIT_CONTAINER, KILL_CONTAINER, REMOVE_CONTAINER, ATTACH_CONTAINER_OUTPUT ->
                container(call);
            case ATTACH_CONTAINER_INPUT -> present(call.attachContainerInput(), "attach_container_input");
            default -> Optional.empty();
        };
    }

    private static Optional<String> container(Call call) {
        return switch (call.type()) {
            case LAUNCH_CONTAINER ->
                call.launchContainer() == null
                        ? missing("launch_container")
                        : id(call.launchContainer().containerId(), "launch_container.container_id");
            case WAIT_CONTAINER ->
                call.waitContainer() == null
                        ? missing("wait_container")
                        : id(call.waitContainer().containerId(), "wait_container.container_id");
            case KILL_CONTAINER ->
                call.killContainer() == null
                        ? missing("kill_container")
                        : id(call.killContainer().containerId(), "kill_container.container_id");
            case REMOVE_CONTAINER ->
                call.removeContainer() == null
                        ? missing("remove_container")
                        : id(call.removeContainer().containerId(), "remove_container.container_id");
            case null, default ->
                call.attachContainerOutput() == null
                        ? missing("attach_container_output")
                        : id(call.attachContainerOutput().containerId(), "attach_container_output.container_id");
        };
    }

    private static Optional<String> nested(ContainerId id, String name) {
        Optional<String> fault = id(id, name + ".container_id");
        if (fault.isPresent() || id.parent() != null) {
            return fault;
        }
        return Optional.of("Expecting '" + name + ".container_id.parent' to be present");
    }

    /** Ids become directories' names. Source: common/validation.cpp, validateContainerId. */
    static Optional<String> id(ContainerId id, String name) {
        String value = id.value();
        boolean unfit = value.isEmpty()
                || value.length() > ID_MOST
                || !value.chars().allMatch(c -> c == '-' || c == '_' || Character.isLetterOrDigit(c) && c < 128);
        if (unfit) {
            return Optional.of("'" + name + ".value' '" + value + "' contains invalid characters");
        }
        return id.parent() == null ? Optional.empty() : id(id.parent(), name + ".parent");
    }

    private static Optional<String> present(@Nullable Object part, String name) {
        return part == null ? missing(name) : Optional.empty();
    }

    private static Optional<String> missing(String name) {
        return Optional.of("Expecting '" + name + "' to be present");
    }
}
