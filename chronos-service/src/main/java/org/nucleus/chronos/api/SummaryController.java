package org.nucleus.chronos.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.json.JobJson;
import org.nucleus.chronos.leader.Leadership;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The jobs in short: all of them as in the original, or a page of them with what a reader wants to see beside. */
@RestController
@RequestMapping({"/v1/scheduler", "/scheduler"})
class SummaryController {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PAGE_MOST = 1_000;
    private static final List<String> COUNTED = List.of("success", "failure", "fresh", "running", "queued", "idle");

    private final Served served;

    SummaryController(Leadership leadership) {
        this.served = new Served(leadership);
    }

    @GetMapping("/jobs/summary")
    ResponseEntity<byte[]> summary() {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode jobs = body.putArray("jobs");
        served.view().jobs().forEach(job -> summarize(job, jobs.addObject()));
        return Served.json(body);
    }

    /**
     * A page.
     *
     * @param q part of the name, the command or the owner, whatever the case
     * @param sort {@code name}, {@code next}, {@code status} or {@code state}
     */
    @GetMapping(path = "/jobs/summary", params = "limit")
    ResponseEntity<byte[]> page(
            @RequestParam int limit,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "name") String sort) {
        List<Job> found = served.view().jobs().stream()
                .filter(job -> matches(job, q.toLowerCase(Locale.ROOT)))
                .toList();
        ObjectNode body = JSON.createObjectNode();
        body.put("total", found.size());
        counts(found, body.putObject("counts"));
        ArrayNode jobs = body.putArray("jobs");
        found.stream()
                .sorted(order(sort))
                .skip(Math.max(0, offset))
                .limit(Math.clamp(limit, 1, PAGE_MOST))
                .forEach(job -> {
                    ObjectNode out = jobs.addObject();
                    summarize(job, out);
                    out.put("paused", job.spec().policy().paused());
                    out.put("next", JobJson.text(next(job)));
                });
        return Served.json(body);
    }

    private Comparator<Job> order(String sort) {
        return switch (sort) {
            case "name" -> Comparator.comparing(Job::name);
            case "next" ->
                Comparator.comparing(SummaryController::next, Comparator.nullsLast(Comparator.naturalOrder()));
            case "status" -> Comparator.comparing(job -> job.tally().lastState());
            case "state" -> Comparator.comparing(job -> served.view().state(job.name()));
            default -> throw new Refused("'sort' must be one of name, next, status and state");
        };
    }

    private static boolean matches(Job job, String part) {
        return part.isEmpty()
                || job.name().toLowerCase(Locale.ROOT).contains(part)
                || job.spec().command().toLowerCase(Locale.ROOT).contains(part)
                || job.spec().owner().toLowerCase(Locale.ROOT).contains(part);
    }

    private void counts(List<Job> jobs, ObjectNode out) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Job job : jobs) {
            counts.merge(job.tally().lastState(), 1, Integer::sum);
            String state = served.view().state(job.name());
            counts.merge(state.endsWith("running") ? "running" : state, 1, Integer::sum);
        }
        COUNTED.forEach(name -> out.put(name, counts.getOrDefault(name, 0)));
    }

    private static @Nullable Instant next(Job job) {
        return job.plan() instanceof Plan.Scheduled plan
                ? plan.schedule().next(plan.position()).orElse(null)
                : null;
    }

    /** The schedule is the original's: what remains of it from the next start on. */
    private void summarize(Job job, ObjectNode out) {
        String schedule = switch (job.plan()) {
            case Plan.Scheduled plan -> plan.schedule().print(plan.position());
            case Plan.Dependent _ -> "";
        };
        out.put("name", job.name());
        out.put("status", job.tally().lastState());
        out.put("state", served.view().state(job.name()));
        out.put("schedule", schedule);
        ArrayNode parents = out.putArray("parents");
        job.parents().forEach(parents::add);
        out.put("disabled", job.spec().disabled());
    }
}
