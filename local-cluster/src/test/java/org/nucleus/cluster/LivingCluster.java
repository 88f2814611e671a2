package org.nucleus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.nucleus.cluster.process.Leftovers;
import org.nucleus.cluster.process.PidFile;
import org.nucleus.cluster.rest.Patience;
import org.nucleus.cluster.rest.RestClient;
import org.nucleus.cluster.rest.RestClient.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A cluster of separate processes as its user sees it: by REST, by the files that tasks write, by process ids. */
final class LivingCluster implements AutoCloseable {
    static final Patience PATIENCE = new Patience(Duration.ofSeconds(90));

    /** Somebody whom the cluster knows and allows nothing. */
    static final String GUEST = "guest";

    static final String GUEST_SECRET = "known to the cluster";

    private final Site site;
    private final Cluster cluster;
    private final RestClient rest;

    private LivingCluster(Site site, Cluster cluster) {
        this.site = site;
        this.cluster = cluster;
        this.rest = new RestClient(cluster.blueprint().secrets());
    }

    /** Starts all of it, Chronos by way of Marathon. */
    static LivingCluster start(Path directory) throws IOException {
        Site site = new Site(directory);
        site.create();
        admitGuest(site, Secrets.of(site));
        Cluster cluster = Cluster.separate(site, FreePorts.forACluster(), new Progress(System.out));
        LivingCluster living = new LivingCluster(site, cluster);
        try {
            living.startWhatIsMissing();
            SampleWork work = new SampleWork(cluster.blueprint(), living.rest);
            work.submitChronos();
            work.awaitChronos();
            return living;
        } catch (RuntimeException e) {
            living.close();
            throw e;
        }
    }

    private static void admitGuest(Site site, Secrets secrets) {
        Site.writePrivately(AccessFiles.credentials(site), """
                {"credentials": [{"principal": "%s", "secret": "%s"}, {"principal": "%s", "secret": "%s"}]}
                """.formatted(
                        secrets.principal(), secrets.secret(), GUEST, GUEST_SECRET));
    }

    Blueprint blueprint() {
        return cluster.blueprint();
    }

    Site site() {
        return site;
    }

    RestClient rest() {
        return rest;
    }

    /** As {@code ./nucleus up} does. */
    void startWhatIsMissing() {
        cluster.start();
    }

    /** What {@code kill -9} does to a service. */
    void kill(String service) {
        ProcessHandle process = new PidFile(site.pidFile(service))
                .process()
                .orElseThrow(() -> new AssertionError(service + " does not run"));
        process.destroyForcibly();
        process.onExit().join();
    }

    long pid(String service) {
        return new PidFile(site.pidFile(service))
                .process()
                .map(ProcessHandle::pid)
                .orElse(-1L);
    }

    /** Submits an app of five instances of which an agent can hold two. */
    void submitAppOfFive(String id) {
        String app = """
                {"id": "%s", "instances": 5, "cpus": 1.2, "mem": 32,
                 "cmd": "echo $$ > pid; while true; do sleep 1; done",
                 "constraints": [["node", "MAX_PER", "2"]],
                 "backoffSeconds": 1}
                """.formatted(id);
        PATIENCE.untilTrue(
                "a leading Marathon", () -> rest.get(marathon("/v2/apps")).isPresent());
        Answer answer = rest.tried("POST", marathon("/v2/apps"), app).orElseThrow();
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        awaitFive(id);
    }

    void scale(String app, int instances) {
        Answer answer = rest.tried("PUT", marathon("/v2/apps" + app), "{\"instances\": " + instances + "}")
                .orElseThrow();
        assertThat(answer.isSuccess()).as(answer.body()).isTrue();
        PATIENCE.untilTrue(
                instances + " running instances",
                () -> running(app).filter(ids -> ids.size() == instances).isPresent());
    }

    /** Waits until the agent answers and is registered with the leading master. */
    void awaitAgent(int index) {
        PATIENCE.until(
                "the agent's answer",
                () -> rest.get(blueprint().agents().get(index).resolve("/state")));
        PATIENCE.untilTrue("its registration", () -> agent(index).path("active").asBoolean(false));
    }

    /** Which agent, counted from 0, has that id. */
    int indexOfAgent(String id) {
        for (int i = 0; i < blueprint().agents().size(); i++) {
            if (agent(i).path("id").asString("").equals(id)) {
                return i;
            }
        }
        throw new AssertionError("no agent " + id);
    }

    /** An agent as the leading master describes it. */
    private JsonNode agent(int index) {
        int port = blueprint().ports().agents().get(index);
        return StreamSupport.stream(state().path("slaves").spliterator(), false)
                .filter(agent -> agent.path("port").asInt() == port)
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    void removeApp(String id) {
        rest.tried("DELETE", marathon("/v2/apps" + id + "?force=true"), null).orElseThrow();
        PATIENCE.untilTrue(
                "the end of " + id, () -> rest.get(marathon("/v2/apps" + id)).isEmpty());
    }

    /** Waits until five instances run; returns their task ids. */
    TreeSet<String> awaitFive(String app) {
        return PATIENCE.until(
                "five running instances of " + app, () -> running(app).filter(ids -> ids.size() == 5));
    }

    /** The ids of the running instances, if Marathon answers. */
    Optional<TreeSet<String>> running(String app) {
        return tasks(app).map(tasks -> {
            TreeSet<String> ids = new TreeSet<>();
            tasks.stream()
                    .filter(task -> task.path("state").asString().equals("TASK_RUNNING"))
                    .forEach(task -> ids.add(task.path("id").asString()));
            return ids;
        });
    }

    /** The app's tasks as Marathon knows them. */
    Optional<List<JsonNode>> tasks(String app) {
        return rest.get(marathon("/v2/apps" + app + "/tasks"))
                .map(answer -> StreamSupport.stream(answer.path("tasks").spliterator(), false)
                        .toList());
    }

    /** The process ids of the app's shells, written by themselves into their sandboxes, by task id. */
    List<ProcessHandle> processes(String app) {
        String name = app.substring(1);
        return Leftovers.in(site.agents()).stream()
                .filter(process -> process.info()
                        .arguments()
                        .filter(words -> String.join(" ", words).contains("echo $$ > pid"))
                        .isPresent())
                .filter(process -> sandboxOf(process).contains(name))
                .toList();
    }

    private static String sandboxOf(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .toString();
        } catch (IOException gone) {
            return "";
        }
    }

    /** Submits a job whose every run appends the instant it was due at, in milliseconds, to the file. */
    void submitJob(String name, Path file, Duration period) {
        String job = """
                {"name": "%s", "schedule": "R//%s", "command": "echo $CHRONOS_JOB_SCHEDULED_TIME >> '%s'",
                 "concurrent": true, "cpus": 0.1, "mem": 32, "owner": ""}
                """.formatted(name, period, file);
        PATIENCE.untilTrue(
                "a leading Chronos that takes the job " + name,
                () -> rest.tried("POST", chronos("/v1/scheduler/iso8601"), job)
                        .filter(Answer::isSuccess)
                        .isPresent());
    }

    void removeJob(String name) {
        rest.tried("DELETE", chronos("/v1/scheduler/job/" + name), null);
    }

    /** Waits for a run that was due after that instant; returns all runs so far in the order of their ends. */
    List<Instant> awaitRunDueAfter(Instant instant, Path file) {
        return PATIENCE.until(
                "a run that was due after " + instant,
                () -> Optional.of(runs(file)).filter(runs -> runs.stream().anyMatch(run -> run.isAfter(instant))));
    }

    private static List<Instant> runs(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .map(line -> Instant.ofEpochMilli(Long.parseLong(line)))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the master that leads. */
    String leader() {
        return PATIENCE.until("a leading master", () -> {
            for (int i = 0; i < blueprint().masters().size(); i++) {
                Optional<JsonNode> state = rest.get(blueprint().masters().get(i).resolve("/state"));
                if (state.isPresent()) {
                    int port = state.get().at("/leader_info/port").asInt();
                    return Optional.of(
                            "master-" + (blueprint().ports().masters().indexOf(port) + 1));
                }
            }
            return Optional.empty();
        });
    }

    /** The leading master's state. */
    JsonNode state() {
        return PATIENCE.until(
                "the cluster's state",
                () -> blueprint().masters().stream()
                        .map(master -> rest.get(master.resolve("/state")))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    URI marathon(String path) {
        return blueprint().marathonAddress().resolve(path);
    }

    URI chronos(String path) {
        return blueprint().chronosAddress().resolve(path);
    }

    @Override
    public void close() {
        rest.close();
        cluster.close();
    }
}
