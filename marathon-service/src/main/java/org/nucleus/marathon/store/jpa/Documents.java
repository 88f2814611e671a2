package org.nucleus.marathon.store.jpa;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.PlanStep;
import org.nucleus.marathon.core.state.Version;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON in the rows: the core's records by their components. Components unknown to this version are ignored. */
final class Documents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultVisibility(visibility -> visibility
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE)
                    .withFieldVisibility(Visibility.ANY)
                    .withCreatorVisibility(Visibility.ANY))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Documents() {}

    /** A deployment with its maps as lists: each app knows its path. */
    private record DeploymentDocument(
            String id,
            Version version,
            List<App> original,
            List<App> target,
            List<PlanStep> steps,
            int current,
            List<InstanceId> sentenced) {}

    static String write(Record value) {
        return JSON.writeValueAsString(value);
    }

    static <T> T read(String body, Class<T> type) {
        return JSON.readValue(body, type);
    }

    static String write(Deployment deployment) {
        return JSON.writeValueAsString(new DeploymentDocument(
                deployment.id(),
                deployment.version(),
                List.copyOf(deployment.original().values()),
                List.copyOf(deployment.target().values()),
                deployment.steps(),
                deployment.current(),
                deployment.sentenced()));
    }

    static Deployment readDeployment(String body) {
        DeploymentDocument read = JSON.readValue(body, DeploymentDocument.class);
        return new Deployment(
                read.id(),
                read.version(),
                byPath(read.original()),
                byPath(read.target()),
                read.steps(),
                read.current(),
                read.sentenced());
    }

    private static Map<AppPath, App> byPath(List<App> apps) {
        Map<AppPath, App> map = new LinkedHashMap<>();
        apps.forEach(app -> map.put(app.id(), app));
        return map;
    }
}
