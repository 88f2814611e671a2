package org.nucleus.agent.api.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.access.Viewer;
import org.nucleus.agent.api.About;
import org.nucleus.agent.api.Contained;
import org.nucleus.agent.api.MetricsSnapshot;
import org.nucleus.agent.api.Seen;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.metrics.AgentMetrics;
import org.nucleus.agent.nested.NestedContainer;
import org.nucleus.agent.nested.NestedContainers;
import org.nucleus.agent.nested.Refused;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.agent.view.AgentView;
import org.nucleus.resources.Resources;
import org.nucleus.service.logging.LoggingLevel;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerStatus;
import org.nucleus.wire.Flag;
import org.nucleus.wire.Metric;
import org.nucleus.wire.ResourceStatistics;
import org.nucleus.wire.VersionInfo;
import org.nucleus.wire.agent.Call;
import org.nucleus.wire.agent.Response;
import org.nucleus.wire.agent.Response.Type;

/** Answers the calls that change nothing. */
final class Questions {
    private final AgentView view;
    private final AgentMetrics metrics;
    private final About about;
    private final LoggingLevel logging;
    private final Containers containers;

    /** What runs, and what of it was started through the API. */
    record Containers(Containerizer containerizer, NestedContainers nested) {}

    Questions(AgentView view, AgentMetrics metrics, About about, LoggingLevel logging, Containers containers) {
        this.view = view;
        this.metrics = metrics;
        this.about = about;
        this.logging = logging;
        this.containers = containers;
    }

    /** The answer to a call; empty if it is none of those answered here. */
    Optional<Response> answer(Call call, Viewer viewer) throws Refused, InterruptedException {
        var answer = Response.builder();
        switch (Objects.requireNonNull(call.type())) {
            case GET_HEALTH -> answer.type(Type.GET_HEALTH).getHealth(new Response.GetHealth(true));
            case GET_FLAGS -> answer.type(Type.GET_FLAGS).getFlags(flags(viewer));
            case GET_VERSION -> answer.type(Type.GET_VERSION).getVersion(version());
            case GET_METRICS -> answer.type(Type.GET_METRICS).getMetrics(metrics());
            case GET_LOGGING_LEVEL ->
                answer.type(Type.GET_LOGGING_LEVEL).getLoggingLevel(new Response.GetLoggingLevel(logging.current()));
            case GET_STATE -> answer.type(Type.GET_STATE).getState(state(viewer).state());
            case GET_CONTAINERS -> answer.type(Type.GET_CONTAINERS).getContainers(containers(call, viewer));
            case GET_FRAMEWORKS ->
                answer.type(Type.GET_FRAMEWORKS).getFrameworks(state(viewer).frameworks());
            case GET_EXECUTORS ->
                answer.type(Type.GET_EXECUTORS).getExecutors(state(viewer).executors());
            case GET_OPERATIONS ->
                answer.type(Type.GET_OPERATIONS).getOperations(state(viewer).operations());
            case GET_TASKS -> answer.type(Type.GET_TASKS).getTasks(state(viewer).tasks());
            case GET_AGENT -> answer.type(Type.GET_AGENT).getAgent(state(viewer).agent());
            // No resource provider can be added: the calls that would are refused.
            case GET_RESOURCE_PROVIDERS ->
                answer.type(Type.GET_RESOURCE_PROVIDERS).getResourceProviders(new Response.GetResourceProviders());
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(answer.build());
    }

    private StateAnswers state(Viewer viewer) throws Refused, InterruptedException {
        return new StateAnswers(Seen.by(viewer, picture()));
    }

    private AgentPicture picture() throws Refused, InterruptedException {
        return view.picture().orElseThrow(() -> new Refused(503, "Agent has not finished recovery"));
    }

    private Response.GetFlags flags(Viewer viewer) throws Refused {
        if (!viewer.seesFlags()) {
            throw new Refused(403, "");
        }
        return new Response.GetFlags(about.flags().stream()
                .map(flag -> new Flag(flag.name(), flag.value()))
                .toList());
    }

    private static Response.GetVersion version() {
        return new Response.GetVersion(
                VersionInfo.builder().version(About.VERSION).build());
    }

    private Response.GetMetrics metrics() throws Refused, InterruptedException {
        List<Metric> all = new ArrayList<>();
        for (Map.Entry<String, Double> each :
                new MetricsSnapshot(picture(), metrics).values().entrySet()) {
            all.add(new Metric(each.getKey(), each.getValue()));
        }
        return new Response.GetMetrics(all);
    }

    private Response.GetContainers containers(Call call, Viewer viewer) throws Refused, InterruptedException {
        Call.GetContainers asked = call.getContainers();
        boolean withNested = asked != null && Boolean.TRUE.equals(asked.showNested());
        boolean withStandalone = asked != null && Boolean.TRUE.equals(asked.showStandalone());
        List<Response.GetContainers.Container> all = new ArrayList<>();
        AgentPicture picture = picture();
        for (Contained each : Contained.in(picture)) {
            if (viewer.seesContainer(each.user())) {
                all.add(new Response.GetContainers.Container(
                        each.key().framework(),
                        each.key().executor(),
                        each.name(),
                        each.container(),
                        status(each.container(), picture),
                        statistics(each.container(), each.resources())));
            }
        }
        for (NestedContainer each : containers.nested().all()) {
            boolean wanted = each.isStandalone()
                    ? withStandalone && viewer.seesStandaloneContainer(each.user())
                    : withNested && viewer.seesContainer(each.user());
            if (wanted) {
                all.add(new Response.GetContainers.Container(
                        null,
                        null,
                        null,
                        each.id(),
                        status(each.id(), picture),
                        statistics(each.id(), Resources.none())));
            }
        }
        return new Response.GetContainers(all);
    }

    private ContainerStatus status(ContainerId id, AgentPicture picture) {
        return Contained.status(
                id, picture.settings().ip(), containers.containerizer().pid(id));
    }

    private @Nullable ResourceStatistics statistics(ContainerId id, Resources granted) {
        double now = System.currentTimeMillis() / 1000.0;
        return containers
                .containerizer()
                .usage(id)
                .map(usage -> Statistics.of(usage, granted, now))
                .orElse(null);
    }
}
