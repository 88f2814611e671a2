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
import org.nucleus.chronos.json.JobJson;
import org.nucleus.chronos.leader.Leadership;
import org.nucleus.chronos.store.ChronosStore;
import org.nucleus.wire.AgentId;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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
    private static final int RUNS_MOST = 1_000;
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

    /** The runs of a job, latest first: for when, why, where, and what became of them. */
    @GetMapping("/job/{name}/runs")
    ResponseEntity<byte[]> runs(@PathVariable String name, @RequestParam(defaultValue = "100") int limit) {
        ArrayNode body = JSON.createArrayNode();
        store.runs(served.job(name).name(), Math.clamp(limit, 1, RUNS_MOST)).forEach(run -> run(run, body.addObject()));
        return Served.json(body);
    }

    private static void run(Run run, ObjectNode out) {
        out.put("taskId", run.task().value());
        out.put("cause", run.key().cause().name());
        out.put("nominalTime", JobJson.text(run.key().nominal()));
        out.put("attempt", run.key().attempt());
        out.put("arguments", run.arguments());
        out.put("enqueuedTime", JobJson.text(run.enqueued()));
        out.put("startTime", JobJson.text(run.started().orElse(null)));
        out.put("endTime", ended(run).map(Progress.Ended::at).map(JobJson::text).orElse(""));
        out.put("agentId", run.agent().map(AgentId::value).orElse(""));
        out.put("hostname", run.hostname().orElse(""));
        out.put("state", state(run));
        out.put("message", ended(run).map(Progress.Ended::message).orElse(""));
    }

    private static Optional<Progress.Ended> ended(Run run) {
        return run.progress() instanceof Progress.Ended ended ? Optional.of(ended) : Optional.empty();
    }

    private static String state(Run run) {
        return switch (run.progress()) {
            case Progress.Delayed _ -> "DELAYED";
            case Progress.Queued _ -> "QUEUED";
            case Progress.Launching _ -> "LAUNCHING";
            case Progress.Running _ -> "RUNNING";
            case Progress.Ended ended -> ended.outcome().name();
        };
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

    private static void history(Run run, ObjectNode out) {
        Optional<Instant> end = ended(run).map(Progress.Ended::at);
        Optional<Duration> duration = run.started().flatMap(start -> end.map(at -> Duration.between(start, at)));
        out.put("taskId", run.task().value());
        out.put("jobName", run.job());
        out.put("slaveId", run.agent().map(AgentId::value).orElse(""));
        out.put("startTime", run.started().map(SHORT::format).orElse("N/A"));
        out.put("endTime", end.map(SHORT::format).orElse("N/A"));
        out.put("duration", duration.map(StatsController::text).orElse("N/A"));
        out.put("status", status(run));
    }

    private static String status(Run run) {
        return switch (run.progress()) {
            case Progress.Delayed _, Progress.Queued _, Progress.Launching _ -> "Idle";
            case Progress.Running _ -> "Running";
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
