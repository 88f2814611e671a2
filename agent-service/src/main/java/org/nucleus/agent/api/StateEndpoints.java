package org.nucleus.agent.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.nucleus.agent.access.AgentAccess;
import org.nucleus.agent.access.Viewer;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Usage;
import org.nucleus.agent.metrics.AgentMetrics;
import org.nucleus.agent.outbound.Sandboxes;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.agent.view.AgentView;
import org.nucleus.resources.Resources;
import org.nucleus.wire.ContainerStatus;
import org.nucleus.wire.codec.JsonCodec;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/**
 * What the agent shows of itself: {@code /state}, {@code /containers}, {@code /metrics/snapshot} and the small ones.
 */
@RestController
class StateEndpoints {
    private static final ResponseEntity<byte[]> FORBIDDEN =
            ResponseEntity.status(HttpStatus.FORBIDDEN).build();

    private final AgentView view;
    private final AgentMetrics metrics;
    private final Containerizer containerizer;
    private final Sandboxes sandboxes;
    private final About about;
    private final AgentAccess access;

    StateEndpoints(
            AgentView view,
            AgentMetrics metrics,
            Containerizer containerizer,
            Sandboxes sandboxes,
            About about,
            AgentAccess access) {
        this.view = view;
        this.metrics = metrics;
        this.containerizer = containerizer;
        this.sandboxes = sandboxes;
        this.about = about;
        this.access = access;
    }

    @GetMapping("/health")
    ResponseEntity<Void> health() {
        return ResponseEntity.ok().build();
    }

    @GetMapping("/version")
    ResponseEntity<byte[]> version() {
        return json(JsonDocument.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("version", About.VERSION);
            json.writeEndObject();
        }));
    }

    @GetMapping("/flags")
    ResponseEntity<byte[]> flags() {
        if (!access.viewer().seesFlags()) {
            return FORBIDDEN;
        }
        return json(JsonDocument.write(json -> {
            json.writeStartObject();
            JsonDocument.field(json, "flags", this::writeFlags);
            json.writeEndObject();
        }));
    }

    @GetMapping("/state")
    ResponseEntity<byte[]> state() throws InterruptedException {
        Viewer viewer = access.viewer();
        About shown =
                viewer.seesFlags() ? about : new About(about.endpoint(), about.master(), List.of(), about.heartbeat());
        return withPicture((picture, json) -> new StateJson(
                        Seen.by(viewer, picture),
                        (key, container) -> sandboxes.of(picture.agentId().orElseThrow(), key, container))
                .write(json, metrics.started(), shown));
    }

    @GetMapping("/containers")
    ResponseEntity<byte[]> containers() throws InterruptedException {
        if (!access.viewer().opens("/containers")) {
            return FORBIDDEN;
        }
        return withPicture((picture, json) -> writeContainers(picture, json, true));
    }

    @GetMapping({"/monitor/statistics", "/monitor/statistics.json"})
    ResponseEntity<byte[]> statistics() throws InterruptedException {
        if (!access.viewer().opens("/monitor/statistics")) {
            return FORBIDDEN;
        }
        return withPicture((picture, json) -> writeContainers(picture, json, false));
    }

    @GetMapping("/metrics/snapshot")
    ResponseEntity<byte[]> snapshot() throws InterruptedException {
        if (!access.viewer().opens("/metrics/snapshot")) {
            return FORBIDDEN;
        }
        return withPicture((picture, json) -> {
            json.writeStartObject();
            new MetricsSnapshot(picture, metrics).values().forEach(json::writeNumberProperty);
            json.writeEndObject();
        });
    }

    /** Writes a document about a picture. */
    private interface Document {
        void write(AgentPicture picture, JsonGenerator json);
    }

    private ResponseEntity<byte[]> withPicture(Document document) throws InterruptedException {
        Optional<AgentPicture> picture = view.picture();
        return picture.map(seen -> json(JsonDocument.write(json -> document.write(seen, json))))
                .orElseGet(() ->
                        ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build());
    }

    private void writeFlags(JsonGenerator json) {
        about.flags().forEach(flag -> json.writeStringProperty(flag.name(), flag.value()));
    }

    private void writeContainers(AgentPicture picture, JsonGenerator json, boolean withId) {
        json.writeStartArray();
        Viewer viewer = access.viewer();
        for (Contained each : Contained.in(picture)) {
            if (!viewer.seesContainer(each.user())) {
                continue;
            }
            Optional<ContainerStatus> status = withId
                    ? Optional.of(Contained.status(
                            each.container(), picture.settings().ip(), containerizer.pid(each.container())))
                    : Optional.empty();
            containerizer.usage(each.container()).ifPresent(usage -> writeContainer(json, each, usage, status));
        }
        json.writeEndArray();
    }

    private static void writeContainer(
            JsonGenerator json, Contained contained, Usage usage, Optional<ContainerStatus> status) {
        json.writeStartObject();
        json.writeStringProperty("executor_id", contained.key().executor().value());
        json.writeStringProperty("executor_name", contained.name());
        json.writeStringProperty("framework_id", contained.key().framework().value());
        json.writeStringProperty("source", contained.source());
        if (status.isPresent()) {
            json.writeStringProperty("container_id", contained.container().value());
            json.writeName("status");
            JsonCodec.v1().write(json, status.get());
        }
        JsonDocument.field(json, "statistics", statistics -> {
            Resources resources = contained.resources();
            statistics.writeNumberProperty("timestamp", System.currentTimeMillis() / 1000.0);
            statistics.writeNumberProperty("cpus_limit", resources.thousandths("cpus") / 1000.0);
            statistics.writeNumberProperty("cpus_user_time_secs", seconds(usage.userTime()));
            statistics.writeNumberProperty("cpus_system_time_secs", seconds(usage.systemTime()));
            writeMemory(statistics, usage, resources.thousandths("mem") / 1000 * (1L << 20));
            writeMeasured(statistics, usage);
            statistics.writeNumberProperty("processes", usage.processes());
            statistics.writeNumberProperty("threads", usage.threads());
        });
        json.writeEndObject();
    }

    private static void writeMemory(JsonGenerator statistics, Usage usage, long requested) {
        Usage.Memory memory = usage.memory();
        long limit = memory == null || memory.limitBytes() == Limits.UNLIMITED ? requested : memory.limitBytes();
        statistics.writeNumberProperty("mem_limit_bytes", limit);
        statistics.writeNumberProperty("mem_rss_bytes", usage.rssBytes());
        if (memory != null) {
            statistics.writeNumberProperty("mem_total_bytes", memory.totalBytes());
            statistics.writeNumberProperty("mem_cache_bytes", memory.cacheBytes());
        }
    }

    private static void writeMeasured(JsonGenerator statistics, Usage usage) {
        Usage.Throttling throttling = usage.throttling();
        if (throttling != null) {
            statistics.writeNumberProperty("cpus_nr_periods", throttling.periods());
            statistics.writeNumberProperty("cpus_nr_throttled", throttling.throttled());
            statistics.writeNumberProperty("cpus_throttled_time_secs", seconds(throttling.time()));
        }
        Usage.Disk disk = usage.disk();
        if (disk != null) {
            statistics.writeNumberProperty("disk_limit_bytes", disk.limitBytes());
            statistics.writeNumberProperty("disk_used_bytes", disk.usedBytes());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static ResponseEntity<byte[]> json(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
