package org.nucleus.chronos.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosInput.Children;
import org.nucleus.chronos.core.state.ChronosInput.Timing;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.json.JobJson;
import org.nucleus.chronos.leader.Leadership;
import org.nucleus.service.http.BoundedBody;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs: create, replace, read, run, kill, delete. Clients of 2.x leave out {@code /v1} and may PUT what others POST.
 */
@RestController
@RequestMapping({"/v1/scheduler", "/scheduler"})
class JobsController {
    private static final int BODY_MOST = 1 << 20;
    private static final int FIRINGS_MOST = 1_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Served served;

    JobsController(Leadership leadership) {
        this.served = new Served(leadership);
    }

    /** An ISO 8601 interval or a cron expression; neither of them, nor parents, means once, now. */
    @RequestMapping(
            path = "/iso8601",
            method = {RequestMethod.POST, RequestMethod.PUT},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> putScheduled(HttpServletRequest request, @RequestParam(defaultValue = "false") boolean dryRun)
            throws IOException {
        JobJson.Posted posted = posted(request);
        return put(posted, posted.timing(), dryRun);
    }

    /** A body without parents is refused here, whatever else it holds. */
    @RequestMapping(
            path = "/dependency",
            method = {RequestMethod.POST, RequestMethod.PUT},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> putDependent(HttpServletRequest request, @RequestParam(defaultValue = "false") boolean dryRun)
            throws IOException {
        JobJson.Posted posted = posted(request);
        Timing timing = switch (posted.timing()) {
            case Timing.AfterParents after -> after;
            case Timing.OnSchedule _, Timing.Once _ -> new Timing.AfterParents(List.of());
        };
        return put(posted, timing, dryRun);
    }

    @GetMapping("/jobs")
    ResponseEntity<byte[]> jobs() {
        return all(served.view().jobs());
    }

    /**
     * Substrings, whatever their case. {@code any} is looked for in both name and command; in the original it filtered
     * nothing by itself.
     */
    @GetMapping("/jobs/search")
    ResponseEntity<byte[]> search(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String command,
            @RequestParam(defaultValue = "") String any,
            @RequestParam(defaultValue = "10") int limit,
            @RequestParam(defaultValue = "0") int offset) {
        return all(served.view().jobs().stream()
                .filter(job -> contains(job.name(), name) && contains(job.spec().command(), command))
                .filter(job -> contains(job.name(), any) || contains(job.spec().command(), any))
                .skip(Math.max(0, offset))
                .limit(Math.max(0, limit))
                .toList());
    }

    @GetMapping("/job/{name}")
    ResponseEntity<byte[]> job(@PathVariable String name) {
        ObjectNode body = JSON.createObjectNode();
        JobJson.write(served.job(name), body);
        return Served.json(body);
    }

    /** What becomes of the children is the caller's choice; without one it is as in the original. */
    @DeleteMapping("/job/{name}")
    ResponseEntity<String> delete(@PathVariable String name, @RequestParam(defaultValue = "reparent") String children) {
        Children choice = Stream.of(Children.values())
                .filter(known -> known.name().equalsIgnoreCase(children))
                .findFirst()
                .orElseThrow(() -> new Refused("'children' must be one of reparent, orphan, cascade and refuse"));
        return served.done(request -> new ChronosInput.DeleteJob(request, name, choice));
    }

    @PutMapping("/job/{name}/pause")
    ResponseEntity<String> pause(@PathVariable String name) {
        return served.done(request -> new ChronosInput.PauseJob(request, name, true));
    }

    @PutMapping("/job/{name}/resume")
    ResponseEntity<String> resume(@PathVariable String name) {
        return served.done(request -> new ChronosInput.PauseJob(request, name, false));
    }

    /** The next firings of a scheduled job, as it is now. */
    @GetMapping("/job/{name}/next")
    ResponseEntity<byte[]> next(@PathVariable String name, @RequestParam(defaultValue = "1") int count) {
        Job job = served.job(name);
        if (!(job.plan() instanceof Plan.Scheduled plan)) {
            throw new Refused("Job '" + name + "' has no schedule; it runs after " + String.join(", ", job.parents()));
        }
        ObjectNode body = JSON.createObjectNode();
        body.put("name", name);
        body.put("schedule", plan.schedule().text());
        body.put("scheduleTimeZone", plan.schedule().zoneText());
        body.put("disabled", job.spec().disabled());
        body.put("paused", job.spec().policy().paused());
        firings(plan.schedule().upcoming(plan.position(), Math.clamp(count, 1, FIRINGS_MOST)), body);
        return Served.json(body);
    }

    /** The original's text; an unknown job is 200 with false. */
    @PutMapping("/job/success/{name}")
    ResponseEntity<String> success(@PathVariable String name) {
        boolean marked = served.ask(request -> new ChronosInput.MarkSuccess(request, name))
                .equals(new Answer.Marked(true));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body("marked job " + name + " as successful: " + marked);
    }

    /** 204 once it is durable; a dry run is 200 with the job as it would be, and its first firings. */
    private ResponseEntity<?> put(JobJson.Posted posted, Timing timing, boolean dryRun) {
        LongFunction<ChronosInput.Asked> call =
                request -> new ChronosInput.PutJob(request, posted.spec(), timing, posted.tally(), dryRun);
        if (!dryRun) {
            return served.done(call);
        }
        Answer answer = served.ask(call);
        if (!(answer instanceof Answer.Checked checked)) {
            return Served.unexpected(answer);
        }
        ObjectNode body = JSON.createObjectNode();
        JobJson.write(checked.job(), body.putObject("job"));
        firings(checked.firings(), body);
        return Served.json(body);
    }

    private static void firings(List<Instant> firings, ObjectNode out) {
        ArrayNode next = out.putArray("next");
        firings.forEach(firing -> next.add(JobJson.text(firing)));
    }

    private static JobJson.Posted posted(HttpServletRequest request) throws IOException {
        return JobJson.read(BoundedBody.read(request, BODY_MOST));
    }

    private static ResponseEntity<byte[]> all(Iterable<Job> jobs) {
        ArrayNode body = JSON.createArrayNode();
        jobs.forEach(job -> JobJson.write(job, body.addObject()));
        return Served.json(body);
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
