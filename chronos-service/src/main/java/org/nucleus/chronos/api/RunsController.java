package org.nucleus.chronos.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.json.BodyJson;
import org.nucleus.chronos.json.OverridesJson;
import org.nucleus.chronos.json.RunJson;
import org.nucleus.chronos.leader.Leadership;
import org.nucleus.chronos.store.ChronosStore;
import org.nucleus.chronos.store.RunSearch;
import org.nucleus.service.http.BoundedBody;
import org.nucleus.wire.TaskId;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs: begin them now or for the past, look at them, kill them, and hear what they report. */
@RestController
@RequestMapping({"/v1/scheduler", "/scheduler"})
class RunsController {
    private static final int BODY_MOST = 1 << 20;
    private static final int RUNS_MOST = 1_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Served served;
    private final ChronosStore store;

    RunsController(Leadership leadership, ChronosStore store) {
        this.served = new Served(leadership);
        this.store = store;
    }

    /** The original's way: 204, whether or not the run was skipped. */
    @PutMapping("/job/{name}")
    ResponseEntity<String> run(
            @PathVariable String name, @RequestParam(defaultValue = "") String arguments, HttpServletRequest request)
            throws IOException {
        OverridesJson.Asked asked = asked(request);
        String given = arguments.isEmpty() ? asked.arguments() : arguments;
        return served.done(number -> new ChronosInput.RunJob(number, name, given, asked.overrides()));
    }

    /** 201 with the run, which may have been skipped. */
    @PostMapping("/job/{name}/runs")
    ResponseEntity<byte[]> start(@PathVariable String name, HttpServletRequest request) throws IOException {
        OverridesJson.Asked asked = asked(request);
        Answer answer =
                served.ask(number -> new ChronosInput.RunJob(number, name, asked.arguments(), asked.overrides()));
        if (!(answer instanceof Answer.Started started)) {
            return Served.unexpected(answer);
        }
        ObjectNode body = JSON.createObjectNode();
        RunJson.write(started.run(), body);
        return Served.json(HttpStatus.CREATED, body);
    }

    /** The runs of a job, latest first: for when, why, where, and what became of them. */
    @GetMapping("/job/{name}/runs")
    ResponseEntity<byte[]> runs(@PathVariable String name, @RequestParam(defaultValue = "100") int limit) {
        ArrayNode body = JSON.createArrayNode();
        store.runs(served.job(name).name(), Math.clamp(limit, 1, RUNS_MOST))
                .forEach(run -> RunJson.write(run, body.addObject()));
        return Served.json(body);
    }

    /**
     * The runs of all jobs, latest first.
     *
     * @param state as a run shows it, for example FAILED
     * @param text part of the message, the task's id or the agent's host name
     */
    @GetMapping("/runs")
    ResponseEntity<byte[]> search(
            @RequestParam(required = false) @Nullable String job,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "0") int offset) {
        if (state != null && !RunJson.STATES.contains(state)) {
            throw new Refused("'state' must be one of " + String.join(", ", RunJson.STATES));
        }
        RunSearch search = new RunSearch(
                job,
                state,
                text,
                from == null ? null : time("from", from),
                to == null ? null : time("to", to),
                Math.clamp(limit, 1, RUNS_MOST),
                Math.max(0, offset));
        ArrayNode body = JSON.createArrayNode();
        served.leading();
        store.runs(search).forEach(run -> RunJson.write(run, body.addObject()));
        return Served.json(body);
    }

    /** A run for each firing from {@code from}, inclusive, to {@code to}, exclusive: 202 with how many they are. */
    @PostMapping("/job/{name}/backfill")
    ResponseEntity<byte[]> backfill(@PathVariable String name, @RequestParam String from, @RequestParam String to) {
        Instant begin = time("from", from);
        Instant end = time("to", to);
        Answer answer = served.ask(number -> new ChronosInput.Backfill(number, name, begin, end));
        return answer instanceof Answer.Filled filled
                ? Served.json(HttpStatus.ACCEPTED, JSON.createObjectNode().put("runs", filled.runs()))
                : Served.unexpected(answer);
    }

    @DeleteMapping("/task/kill/{name}")
    ResponseEntity<String> kill(@PathVariable String name) {
        return served.done(request -> new ChronosInput.KillTasks(request, name));
    }

    /** The result of an asynchronous run, as in 2.x. */
    @PutMapping(path = "/task/{task}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> result(@PathVariable String task, HttpServletRequest request) throws IOException {
        long status = BodyJson.whole(BoundedBody.read(request, BODY_MOST), "statusCode");
        int code = (int) Math.clamp(status, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return served.done(number -> new ChronosInput.ReportResult(number, new TaskId(task), code));
    }

    @PostMapping(path = "/job/{name}/task/{task}/progress", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> progress(@PathVariable String name, @PathVariable String task, HttpServletRequest request)
            throws IOException {
        long more = BodyJson.whole(BoundedBody.read(request, BODY_MOST), "numAdditionalElementsProcessed");
        return served.done(number -> new ChronosInput.ReportProgress(number, name, new TaskId(task), more));
    }

    private static OverridesJson.Asked asked(HttpServletRequest request) throws IOException {
        String type = request.getContentType();
        boolean json = type != null && type.startsWith(MediaType.APPLICATION_JSON_VALUE);
        return OverridesJson.read(json ? BoundedBody.read(request, BODY_MOST) : new byte[0]);
    }

    private static Instant time(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new Refused("'" + name + "' must be an ISO 8601 time, for example 2030-01-01T00:00:00Z");
        }
    }
}
