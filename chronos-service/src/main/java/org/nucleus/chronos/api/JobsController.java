package org.nucleus.chronos.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.ChronosInput;
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
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Served served;

    JobsController(Leadership leadership) {
        this.served = new Served(leadership);
    }

    @RequestMapping(
            path = "/iso8601",
            method = {RequestMethod.POST, RequestMethod.PUT},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> putScheduled(HttpServletRequest request) throws IOException {
        JobJson.Posted posted = posted(request);
        return put(posted, posted.timing());
    }

    /** A body without parents is refused here, whatever else it holds. */
    @RequestMapping(
            path = "/dependency",
            method = {RequestMethod.POST, RequestMethod.PUT},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> putDependent(HttpServletRequest request) throws IOException {
        JobJson.Posted posted = posted(request);
        Timing timing = switch (posted.timing()) {
            case Timing.AfterParents after -> after;
            case Timing.OnSchedule _, Timing.Once _ -> new Timing.AfterParents(List.of());
        };
        return put(posted, timing);
    }

    @GetMapping("/jobs")
    ResponseEntity<byte[]> jobs() {
        return all(served.view().jobs());
    }

    @GetMapping("/jobs/summary")
    ResponseEntity<byte[]> summary() {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode jobs = body.putArray("jobs");
        served.view().jobs().forEach(job -> summarize(job, jobs.addObject()));
        return Served.json(body);
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

    @PutMapping("/job/{name}")
    ResponseEntity<String> run(@PathVariable String name, @RequestParam(defaultValue = "") String arguments) {
        return served.done(request -> new ChronosInput.RunJob(request, name, arguments));
    }

    @DeleteMapping("/job/{name}")
    ResponseEntity<String> delete(@PathVariable String name) {
        return served.done(request -> new ChronosInput.DeleteJob(request, name));
    }

    /** The original's text; an unknown job is 200 with false. */
    @PutMapping("/job/success/{name}")
    ResponseEntity<String> success(@PathVariable String name) {
        boolean marked = switch (served.ask(request -> new ChronosInput.MarkSuccess(request, name))) {
            case Answer.Marked answer -> answer.known();
            case Answer.Done _ -> true;
            case Answer.Refused _ -> false;
        };
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body("marked job " + name + " as successful: " + marked);
    }

    @DeleteMapping("/task/kill/{name}")
    ResponseEntity<String> kill(@PathVariable String name) {
        return served.done(request -> new ChronosInput.KillTasks(request, name));
    }

    private ResponseEntity<String> put(JobJson.Posted posted, Timing timing) {
        return served.done(request -> new ChronosInput.PutJob(request, posted.spec(), timing, posted.tally()));
    }

    private static JobJson.Posted posted(HttpServletRequest request) throws IOException {
        return JobJson.read(BoundedBody.read(request, BODY_MOST));
    }

    private static ResponseEntity<byte[]> all(Iterable<Job> jobs) {
        ArrayNode body = JSON.createArrayNode();
        jobs.forEach(job -> JobJson.write(job, body.addObject()));
        return Served.json(body);
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

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
