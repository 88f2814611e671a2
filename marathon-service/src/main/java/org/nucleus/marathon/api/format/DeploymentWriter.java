package org.nucleus.marathon.api.format;

import java.util.List;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.PlanStep;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes deployments: whole for their list, light for events. */
public final class DeploymentWriter {
    private DeploymentWriter() {}

    public static ObjectNode write(Deployment deployment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", deployment.id());
        json.put("version", deployment.version().toString());
        ArrayNode apps = json.putArray("affectedApps");
        deployment.affected().forEach(app -> apps.add(app.value()));
        json.putArray("affectedPods");
        steps(json.putArray("steps"), deployment.steps());
        ArrayNode current = json.putArray("currentActions");
        PlanStep step = deployment.step();
        if (step != null) {
            for (PlanStep.Action action : step.actions()) {
                ObjectNode one = action(current.addObject(), action);
                one.putArray("readinessCheckResults");
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

    private static ObjectNode action(ObjectNode json, PlanStep.Action action) {
        return json.put("action", action.kind().wireName())
                .put("app", action.app().value());
    }
}
