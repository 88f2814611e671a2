package org.nucleus.chronos.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.nucleus.chronos.ChronosProperties;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.stats.Durations;
import org.nucleus.chronos.leader.Leadership;
import org.nucleus.chronos.store.ChronosStore;
import org.nucleus.wire.AgentId;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** History and figures of runs, from what is stored. Durations are from the start of the task to its end. */
@RestController
@RequestMapping({"/v1/scheduler", "/scheduler"})
class StatsController {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("MM/dd/yy HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final double MILLIS = 1_000;

    private final Served served;
    private final ChronosStore store;
    private final int historyLimit;

    private record Timed(String job, double seconds) {}

    StatsController(Leadership leadership, ChronosStore store, ChronosProperties properties) {
        this.served = new Served(leadership);
        this.store = store;
        this.historyLimit = properties.jobHistoryLimit();
    }

    @GetMapping("/job/stat/{name}")
    ResponseEntity<byte[]> stat(@PathVariable String name) {
        String job = served.job(name).name();
        ObjectNode body = JSON.createObjectNode();
        histogram(new Durations(store.durations(job)), body.putObject("histogram"));
        ArrayNode history = body.putArray("taskStatHistory");
        store.runs(job, historyLimit).forEach(run -> history(run, history.addObject()));
        return Served.json(body);
    }

    @GetMapping("/stats/{percentile}")
    ResponseEntity<byte[]> stats(@PathVariable String percentile) {
        ArrayNode body = JSON.createArrayNode();
        figure(percentile)
                .ifPresent(figure -> store.durations().entrySet().stream()
                        .filter(entry -> served.view().job(entry.getKey()).isPresent())
                        .map(entry -> new Timed(
                                entry.getKey(), figure.applyAsDouble(new Durations(entry.getValue())) / MILLIS))
                        .sorted(Comparator.comparingDouble(Timed::seconds).reversed())
                        .forEach(timed -> body.addObject()
                                .put("jobNameLabel", timed.job())
                                .put("time", timed.seconds())));
        return Served.json(body);
    }

    private static void histogram(Durations durations, ObjectNode out) {
        for (String name : List.of("75th", "95th", "98th", "99th")) {
            out.put(name + "Percentile", durations.percentile(Integer.parseInt(name.substring(0, 2))));
        }
        out.put("median", durations.median());
        out.put("mean", durations.mean());
        out.put("count", durations.count());
    }

    /** The original's names; another one gives nothing. */
    private static Optional<ToDoubleFunction<Durations>> figure(String name) {
        return switch (name) {
            case "99thPercentile", "98thPercentile", "95thPercentile", "75thPercentile" ->
                Optional.of(durations -> durations.percentile(Integer.parseInt(name.substring(0, 2))));
            case "median" -> Optional.of(Durations::median);
            case "mean" -> Optional.of(Durations::mean);
            default -> Optional.empty();
        };
    }

    private void history(Run run, ObjectNode out) {
        Optional<Instant> end =
                run.progress() instanceof Progress.Ended ended ? Optional.of(ended.at()) : Optional.empty();
        Optional<Duration> duration = run.started().flatMap(start -> end.map(at -> Duration.between(start, at)));
        out.put("taskId", run.task().value());
        out.put("jobName", run.job());
        out.put("slaveId", run.agent().map(AgentId::value).orElse(""));
        out.put("startTime", run.started().map(SHORT::format).orElse("N/A"));
        out.put("endTime", end.map(SHORT::format).orElse("N/A"));
        out.put("duration", duration.map(StatsController::text).orElse("N/A"));
        out.put("status", status(run));
        if (served.view()
                .job(run.job())
                .filter(job -> job.spec().dataProcessingJobType())
                .isPresent()) {
            out.put("numElementsProcessed", run.elements());
        }
    }

    private static String status(Run run) {
        return switch (run.progress()) {
            case Progress.Delayed _, Progress.Queued _, Progress.Launching _ -> "Idle";
            case Progress.Running _, Progress.Reporting _ -> "Running";
            case Progress.Ended ended ->
                switch (ended.outcome()) {
                    case SUCCEEDED -> "Success";
                    case FAILED, LOST, KILLED -> "Fail";
                    case SKIPPED, MISSED -> "Idle";
                };
        };
    }

    /** As {@code 1d2h3m4s}, from the first part that is not zero. */
    private static String text(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        return text.append(duration.toSecondsPart()).append('s').toString();
    }

    private static void append(StringBuilder text, long value, String unit) {
        if (value > 0 || !text.isEmpty()) {
            text.append(value).append(unit);
        }
    }
}
