package org.nucleus.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.nucleus.cluster.process.JavaCommand;
import org.nucleus.cluster.rest.Patience;
import org.nucleus.cluster.rest.RestClient;
import org.nucleus.cluster.rest.RestClient.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The work a fresh cluster is given, by REST as anybody would: Chronos as Marathon's first app, an app, a job. */
final class SampleWork {
    private static final String CHRONOS_APP = "/chronos";
    private static final String APP = "/counter";
    private static final int INSTANCES = 3;
    private static final String JOB = "tick";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Blueprint blueprint;
    private final RestClient rest;

    SampleWork(Blueprint blueprint, RestClient rest) {
        this.blueprint = blueprint;
        this.rest = rest;
    }

    /** Sees to it that Marathon has Chronos as an app, as it must be started here and now. */
    void submitChronos() {
        JavaCommand command = SeparateJvms.command(blueprint.site(), blueprint.chronos());
        ObjectNode app = app(CHRONOS_APP, 1, 0.5, 512);
        app.put(
                "cmd",
                "echo $$ > %s && exec %s %s"
                        .formatted(
                                quoted(blueprint.site().pidFile("chronos").toString()),
                                quoted(command.words().getFirst()),
                                quoted(command.words().getLast())));
        app.put("requirePorts", true);
        app.putArray("portDefinitions")
                .addObject()
                .put("port", blueprint.ports().chronos());
        app.putObject("labels").put("MARATHON_SINGLE_INSTANCE_APP", "true");
        app.putObject("upgradeStrategy").put("minimumHealthCapacity", 0.0).put("maximumOverCapacity", 0.0);
        Optional<JsonNode> present = rest.get(marathon("/v2/apps/" + CHRONOS_APP));
        if (present.isEmpty()) {
            demand("Marathon", "POST", marathon("/v2/apps"), app);
        } else if (!present.get()
                .at("/app/cmd")
                .asString()
                .equals(app.get("cmd").asString())) {
            demand("Marathon", "PUT", marathon("/v2/apps/" + CHRONOS_APP + "?force=true"), app);
        }
    }

    /** Waits until Chronos answers with its jobs. */
    void awaitChronos() {
        new Patience(PATIENCE)
                .until("Chronos at " + blueprint.chronosAddress(), () -> rest.get(chronos("/v1/scheduler/jobs")));
    }

    /** Submits the sample app, unless it is there. Says whether it was submitted. */
    boolean submitApp() {
        if (rest.get(marathon("/v2/apps/" + APP)).isPresent()) {
            return false;
        }
        ObjectNode app = app(APP, INSTANCES, 0.1, 32);
        app.put("cmd", "n=0; while true; do n=$((n+1)); echo \"count $n at $(date)\"; sleep 1; done");
        demand("Marathon", "POST", marathon("/v2/apps"), app);
        return true;
    }

    /** Submits the sample job, unless it is there. Says whether it was submitted. */
    boolean submitJob() {
        if (rest.get(chronos("/v1/scheduler/job/" + JOB)).isPresent()) {
            return false;
        }
        ObjectNode job = JsonMapper.shared().createObjectNode();
        job.put("name", JOB);
        job.put("command", "echo \"tick at $(date)\"");
        job.put("schedule", "R//PT10S");
        job.put("epsilon", "PT30S");
        job.put("owner", "");
        job.put("cpus", 0.1);
        job.put("mem", 32);
        demand("Chronos", "POST", chronos("/v1/scheduler/iso8601"), job);
        return true;
    }

    /** Waits until as many instances run as the app wants now; says how many. */
    int awaitApp() {
        return new Patience(PATIENCE)
                .until(
                        "the instances of " + APP,
                        () -> rest.get(marathon("/v2/apps/" + APP))
                                .map(answer -> answer.get("app"))
                                .filter(app -> app.path("tasksRunning").asInt()
                                        >= app.path("instances").asInt(1))
                                .map(app -> app.path("tasksRunning").asInt()));
    }

    /** Waits until the job has run; says how many runs were successful. */
    int awaitJob() {
        return new Patience(PATIENCE)
                .until(
                        "a run of the job " + JOB,
                        () -> rest.get(chronos("/v1/scheduler/job/" + JOB))
                                .map(job -> job.path("successCount").asInt())
                                .filter(successes -> successes > 0));
    }

    private static ObjectNode app(String id, int instances, double cpus, int mem) {
        ObjectNode app = JsonMapper.shared().createObjectNode();
        app.put("id", id);
        app.put("instances", instances);
        app.put("cpus", cpus);
        app.put("mem", mem);
        return app;
    }

    private void demand(String whom, String method, URI address, JsonNode body) {
        Answer answer = rest.tried(method, address, body.toString())
                .orElseThrow(() -> new CannotStart(whom + " does not answer at " + address + "."));
        if (!answer.isSuccess()) {
            throw new CannotStart(
                    whom + " answered " + method + " " + address + " with " + answer.status() + ": " + answer.body());
        }
    }

    private URI marathon(String path) {
        return blueprint.marathonAddress().resolve(path.replace("//", "/"));
    }

    private URI chronos(String path) {
        return blueprint.chronosAddress().resolve(path);
    }

    /** One word of a shell's command. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
