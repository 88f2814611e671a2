package org.nucleus.marathon.store.jpa;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.PlanStep;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.core.state.Volume;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON in the rows: the core's records by their components. Components unknown to this version are ignored. */
final class Documents {
    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultVisibility(visibility -> visibility
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE)
                    .withFieldVisibility(Visibility.ANY)
                    .withCreatorVisibility(Visibility.ANY))
            .withConfigOverride(List.class, config -> config.setNullHandling(EMPTY))
            .withConfigOverride(Map.class, config -> config.setNullHandling(EMPTY))
            .addMixIn(Volume.class, Kinds.class)
            .addMixIn(Pod.PodVolume.class, Kinds.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Documents() {}

    /** Of closed choices, each document says which one it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface Kinds {}

    /** A deployment with its maps as lists: each app knows its path. */
    private record DeploymentDocument(
            String id,
            Version version,
            List<App> original,
            List<App> target,
            List<PlanStep> steps,
            int current,
            List<InstanceId> sentenced,
            @Nullable Instant deadline) {}

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
                deployment.sentenced(),
                deployment.deadline()));
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
                read.sentenced(),
                read.deadline());
    }

    private static Map<AppPath, App> byPath(List<App> apps) {
        Map<AppPath, App> map = new LinkedHashMap<>();
        apps.forEach(app -> map.put(app.id(), app));
        return map;
    }
}
