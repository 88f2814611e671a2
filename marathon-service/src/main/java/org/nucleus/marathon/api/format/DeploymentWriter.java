package org.nucleus.marathon.api.format;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.PlanStep;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes deployments: whole for their list, light for events. */
public final class DeploymentWriter {
    private DeploymentWriter() {}

    /** @param readiness writes what an app's readiness checks have found */
    public static ObjectNode write(Deployment deployment, BiConsumer<AppPath, ArrayNode> readiness) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", deployment.id());
        json.put("version", deployment.version().toString());
        ArrayNode apps = json.putArray("affectedApps");
        ArrayNode pods = json.putArray("affectedPods");
        deployment.steps().stream()
                .flatMap(one -> one.actions().stream())
                .filter(distinct(PlanStep.Action::app))
                .forEach(action -> (action.pod() ? pods : apps).add(action.app().value()));
        steps(json.putArray("steps"), deployment.steps());
        ArrayNode current = json.putArray("currentActions");
        PlanStep step = deployment.step();
        if (step != null) {
            for (PlanStep.Action action : step.actions()) {
                ObjectNode one = action(current.addObject(), action);
                readiness.accept(action.app(), one.putArray("readinessCheckResults"));
            }
        }
        json.put(
                "currentStep",
                Math.min(deployment.current() + 1, deployment.steps().size()));
        json.put("totalSteps", deployment.steps().size());
        return json;
    }

    public static ObjectNode light(Deployment deployment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", deployment.id());
        json.put("version", deployment.version().toString());
        steps(json.putArray("steps"), deployment.steps());
        return json;
    }

    public static void steps(ArrayNode json, List<PlanStep> steps) {
        steps.forEach(step -> json.add(step(step)));
    }

    public static ObjectNode step(PlanStep step) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode actions = json.putArray("actions");
        step.actions().forEach(action -> action(actions.addObject(), action));
        return json;
    }

    private static <T, K> Predicate<T> distinct(Function<T, K> key) {
        Set<K> seen = new LinkedHashSet<>();
        return one -> seen.add(key.apply(one));
    }

    private static ObjectNode action(ObjectNode json, PlanStep.Action action) {
        return json.put("action", action.wireName())
                .put(action.pod() ? "pod" : "app", action.app().value());
    }
}
