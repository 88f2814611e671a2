package org.nucleus.chronos.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.chronos.ChronosServer;
import org.nucleus.chronos.Eventually;
import org.nucleus.chronos.FakeMaster;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients of the original do, and what they get. Each test uses jobs of its own. */
@Timeout(180)
class ChronosApiTest {
    private static final String FAR = "R/2035-01-01T00:00:00Z/PT24H";
    private static TestZooKeeper zooKeeper;
    private static FakeMaster master;
    private static ChronosServer chronos;

    @BeforeAll
    static void start() throws Exception {
        zooKeeper = TestZooKeeper.start();
        master = new FakeMaster();
        chronos = new ChronosServer(TestDatabase.fresh(), zooKeeper.url(), master.address()).awaitLeader();
    }

    @AfterAll
    static void stop() throws Exception {
        chronos.close();
        master.close();
        zooKeeper.close();
    }

    @Test
    void aJobComesBackAsTheOriginalReturnsIt() throws Exception {
        HttpResponse<String> created = chronos.post(
                "/v1/scheduler/iso8601",
                "{'name':'golden','command':'sleep 1','schedule':'R/2030-01-01T00:00:00Z/PT24H',"
                        + "'owner':'a@b.c','async':false}");

        assertThat(created.statusCode()).isEqualTo(204);
        assertThat(created.body()).isEmpty();
        assertThat(created.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(chronos.get("/v1/scheduler/job/golden").body())
                .isEqualTo("{\"name\":\"golden\",\"command\":\"sleep 1\",\"shell\":true,\"executor\":\"\","
                        + "\"executorFlags\":\"\",\"taskInfoData\":\"\",\"retries\":2,\"owner\":\"a@b.c\","
                        + "\"ownerName\":\"\",\"description\":\"\",\"successCount\":0,\"errorCount\":0,"
                        + "\"lastSuccess\":\"\",\"lastError\":\"\",\"cpus\":0.1,\"disk\":256.0,\"mem\":128.0,"
                        + "\"disabled\":false,\"softError\":false,\"dataProcessingJobType\":false,"
                        + "\"errorsSinceLastSuccess\":0,\"fetch\":[],\"uris\":[],\"environmentVariables\":[],"
                        + "\"arguments\":[],\"highPriority\":false,\"runAsUser\":\"root\",\"concurrent\":false,"
                        + "\"maxCompletionTime\":0,\"constraints\":[],"
                        + "\"schedule\":\"R/2030-01-01T00:00:00Z/PT24H\",\"scheduleTimeZone\":\"\"}");
    }

    @Test
    void everyFieldIsKeptInItsType() throws Exception {
        String sent = "{'name':'full','command':'run','shell':false,'arguments':['a','b'],'retries':5,"
                + "'owner':'o@x.y','ownerName':'O','description':'d','cpus':0.25,'mem':64.0,'disk':10.0,"
                + "'disabled':true,'softError':true,'concurrent':true,'highPriority':true,'runAsUser':'nobody',"
                + "'maxCompletionTime':30,'fetch':[{'uri':'http://h/a.tgz','output_file':'a','executable':true,"
                + "'cache':true,'extract':false}],'environmentVariables':[{'name':'A','value':'b'}],"
                + "'constraints':[['rack','LIKE','r.*']],'container':{'type':'DOCKER','image':'busybox',"
                + "'network':'BRIDGE','volumes':[{'hostPath':'/h','containerPath':'/c','mode':'RO'}],"
                + "'parameters':[{'key':'k','value':'v'}],'forcePullImage':true},"
                + "'schedule':'" + FAR + "','scheduleTimeZone':'America/Los_Angeles'}";

        assertThat(chronos.post("/scheduler/iso8601", sent).statusCode()).isEqualTo(204);
        JsonNode job = chronos.json("/scheduler/job/full");

        JsonNode expected = JsonMapper.shared().readTree(sent.replace('\'', '"'));
        for (var field : expected.properties()) {
            if (!field.getKey().equals("container")) {
                assertThat(job.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
            }
        }
        assertThat(job.at("/uris/0").asString()).isEqualTo("http://h/a.tgz");
        assertThat(job.at("/container/volumes/0/mode").asString()).isEqualTo("RO");
        assertThat(chronos.post("/scheduler/iso8601", job.toString()).statusCode())
                .as("what was read can be sent back")
                .isEqualTo(204);
        assertThat(chronos.json("/scheduler/job/full")).isEqualTo(job);
    }

    @Test
    void aRunIsLaunchedWithItsEnvironmentAndItsEndIsRecorded() throws Exception {
        post(
                "iso8601",
                "{'name':'manual','command':'echo hi','schedule':'" + FAR + "','owner':'me',"
                        + "'environmentVariables':[{'name':'CHRONOS_JOB_NAME','value':'forged'},"
                        + "{'name':'X','value':'1'}]}");

        assertThat(chronos.call("PUT", "/v1/scheduler/job/manual?arguments=a%20b;c", "")
                        .statusCode())
                .isEqualTo(204);
        TaskInfo task = launch("manual");

        assertThat(task.name()).isEqualTo("ChronosTask:manual");
        assertThat(task.taskId().value()).matches("ct:\\d{13}:0:manual:a bc");
        CommandInfo command = task.command();
        assertThat(command).isNotNull();
        assertThat(command.value()).isEqualTo("echo hi a b;c");
        assertThat(command.user()).isEqualTo("root");
        assertThat(variable(command, "CHRONOS_JOB_NAME")).isEqualTo("manual");
        assertThat(variable(command, "X")).isEqualTo("1");
        assertThat(variable(command, "HOST")).isEqualTo("agent.example");
        assertThat(variable(command, "CHRONOS_RESOURCE_MEM")).isEqualTo("128.0");
        assertThat(variable(command, "CHRONOS_JOB_RUN_ATTEMPT")).isEqualTo("0");
        assertThat(task.taskId().value()).contains(variable(command, "CHRONOS_JOB_RUN_TIME"));
        assertThat(variable(command, "CHRONOS_JOB_SCHEDULED_TIME")).matches("\\d{13}");

        master.update(task.taskId(), TaskState.TASK_FINISHED);
        Eventually.holds(
                "counted",
                () -> chronos.json("/v1/scheduler/job/manual")
                                .get("successCount")
                                .asInt()
                        == 1);
        JsonNode run = chronos.json("/v1/scheduler/job/manual/runs").get(0);
        assertThat(run.get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("cause").asString()).isEqualTo("MANUAL");
        assertThat(run.get("agentId").asString()).isEqualTo("agent-S0");
        assertThat(run.get("arguments").asString()).isEqualTo("a b;c");
        assertThat(chronos.json("/v1/scheduler/job/stat/manual")
                        .at("/histogram/count")
                        .asInt())
                .isEqualTo(1);
        assertThat(chronos.json("/v1/scheduler/stats/mean").findValuesAsString("jobNameLabel"))
                .contains("manual");
        assertThat(chronos.json("/v1/scheduler/stats/bogus")).isEmpty();
    }

    @Test
    void aFailedRunIsTriedAgainAndAChildRunsAfterItsParent() throws Exception {
        post("iso8601", "{'name':'parent','command':'x','schedule':'" + FAR + "','retries':1}");
        post("dependency", "{'name':'child','command':'y','parents':['parent']}");

        chronos.call("PUT", "/v1/scheduler/job/parent", "");
        TaskInfo first = launch("parent");
        master.update(first.taskId(), TaskState.TASK_FAILED);
        TaskInfo second = launch("parent");
        assertThat(second.taskId().value()).matches("ct:\\d+:1:parent:");
        master.update(second.taskId(), TaskState.TASK_FINISHED);
        TaskInfo child = launch("child");
        master.update(child.taskId(), TaskState.TASK_FINISHED);

        Eventually.holds(
                "child ended",
                () -> chronos.json("/v1/scheduler/job/child")
                                .get("successCount")
                                .asInt()
                        == 1);
        assertThat(chronos.json("/v1/scheduler/job/parent").get("errorCount").asInt())
                .isZero();
        assertThat(chronos.json("/v1/scheduler/job/parent/runs").findValuesAsString("state"))
                .containsExactly("SUCCEEDED", "FAILED");
        assertThat(chronos.call("GET", "/v1/scheduler/graph/dot", "", "Accept", "text/plain")
                        .body())
                .contains("\"parent\" -> \"child\"");
        assertThat(chronos.get("/scheduler/graph/csv").body())
                .contains("node,child,success,idle\n", "link,parent,child\n");
        assertThat(chronos.call("GET", "/v1/scheduler/graph/csv", "", "Accept", "application/json")
                        .statusCode())
                .isEqualTo(406);
    }

    @Test
    void aScheduledJobRunsWhenItIsDue() throws Exception {
        post("iso8601", "{'name':'due','command':'x','schedule':'R1//P'}");

        TaskInfo task = launch("due");
        master.update(task.taskId(), TaskState.TASK_FINISHED);

        Eventually.holds(
                "disabled",
                () -> chronos.json("/v1/scheduler/job/due").get("disabled").asBoolean());
    }

    @Test
    void deletingAJobKillsItsTask() throws Exception {
        post("iso8601", "{'name':'doomed','command':'x','schedule':'" + FAR + "'}");
        chronos.call("PUT", "/v1/scheduler/job/doomed", "");
        TaskId task = launch("doomed").taskId();

        assertThat(chronos.call("DELETE", "/v1/scheduler/job/doomed", "").statusCode())
                .isEqualTo(204);

        assertThat(killed(task)).isTrue();
        assertThat(chronos.get("/v1/scheduler/job/doomed").statusCode()).isEqualTo(400);
    }

    @Test
    void killingTasksEndsTheRun() throws Exception {
        post("iso8601", "{'name':'stopped','command':'x','schedule':'" + FAR + "'}");
        chronos.call("PUT", "/v1/scheduler/job/stopped", "");
        TaskId task = launch("stopped").taskId();

        assertThat(chronos.call("DELETE", "/v1/scheduler/task/kill/stopped", "").statusCode())
                .isEqualTo(204);

        assertThat(killed(task)).isTrue();
        Eventually.holds(
                "killed",
                () -> chronos.json("/v1/scheduler/job/stopped/runs")
                        .at("/0/state")
                        .asString()
                        .equals("KILLED"));
    }

    @Test
    void refusalsAreShortSentencesWithTheOriginalsStatus() throws Exception {
        refused(chronos.get("/v1/scheduler/job/none"), "Job 'none' not found");
        refused(chronos.call("PUT", "/v1/scheduler/job/none", ""), "Job 'none' not found");
        refused(chronos.call("DELETE", "/v1/scheduler/job/none", ""), "Job 'none' not found");
        refused(chronos.get("/v1/scheduler/job/stat/none"), "Job 'none' not found");
        refused(chronos.call("DELETE", "/scheduler/task/kill/none", ""), "Job 'none' not found");
        refused(chronos.post("/v1/scheduler/iso8601", "{bad"), "not JSON");
        refused(chronos.post("/v1/scheduler/iso8601", ""), "The body");
        refused(chronos.post("/v1/scheduler/iso8601", "{}"), "name is invalid");
        refused(
                chronos.post("/v1/scheduler/iso8601", "{'name':'bad name','command':'x','schedule':'" + FAR + "'}"),
                "name is invalid");
        refused(
                chronos.post("/v1/scheduler/iso8601", "{'name':'x1','command':'x','schedule':'bogus'}"),
                "Cannot parse schedule 'bogus'");
        refused(chronos.post("/v1/scheduler/dependency", "{'name':'x2','parents':['nope']}"), "nope");
        refused(chronos.post("/v1/scheduler/dependency", "{'name':'x2','parents':[]}"), "parent");
        refused(
                chronos.post(
                        "/v1/scheduler/iso8601",
                        "{'name':'x3','schedule':'" + FAR + "','constraints':[['a','NEAR','b']]}"),
                "NEAR");
        refused(chronos.post("/v1/scheduler/iso8601", "{'name':'x4','cpus':'many'}"), "'cpus' must be a number");
        assertThat(chronos.call("POST", "/v1/scheduler/iso8601", "{}", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        assertThat(chronos.get("/v1/nosuch").statusCode()).isEqualTo(404);
    }

    @Test
    void aCycleIsNamed() throws Exception {
        post("iso8601", "{'name':'c1','command':'x','schedule':'" + FAR + "'}");
        post("dependency", "{'name':'c2','command':'x','parents':['c1']}");

        refused(chronos.post("/v1/scheduler/dependency", "{'name':'c1','parents':['c2']}"), "c1 -> c2 -> c1");
    }

    @Test
    void searchAndSummaryShowWhatIsThere() throws Exception {
        post("iso8601", "{'name':'Find.Me','command':'grep needle','schedule':'" + FAR + "'}");

        assertThat(chronos.json("/v1/scheduler/jobs/search?name=find").findValuesAsString("name"))
                .containsExactly("Find.Me");
        assertThat(chronos.json("/v1/scheduler/jobs/search?any=NEEDLE").findValuesAsString("name"))
                .containsExactly("Find.Me");
        assertThat(chronos.json("/v1/scheduler/jobs/search?name=zzz")).isEmpty();
        for (JsonNode job : chronos.json("/v1/scheduler/jobs/summary").get("jobs")) {
            if (job.get("name").asString().equals("Find.Me")) {
                assertThat(job.toString())
                        .isEqualTo("{\"name\":\"Find.Me\",\"status\":\"fresh\",\"state\":\"idle\",\"schedule\":\"" + FAR
                                + "\",\"parents\":[],\"disabled\":false}");
            }
        }
        assertThat(chronos.json("/v1/scheduler/job/stat/Find.Me").toString())
                .isEqualTo("{\"histogram\":{\"75thPercentile\":0.0,\"95thPercentile\":0.0,\"98thPercentile\":0.0,"
                        + "\"99thPercentile\":0.0,\"median\":0.0,\"mean\":0.0,\"count\":0},\"taskStatHistory\":[]}");
    }

    @Test
    void successCanBeMarkedByHand() throws Exception {
        post("iso8601", "{'name':'marked','command':'x','schedule':'" + FAR + "'}");

        assertThat(chronos.call("PUT", "/v1/scheduler/job/success/marked", "").body())
                .isEqualTo("marked job marked as successful: true");
        assertThat(chronos.call("PUT", "/v1/scheduler/job/success/none", "").body())
                .isEqualTo("marked job none as successful: false");
        assertThat(chronos.json("/v1/scheduler/job/marked").get("successCount").asInt())
                .isEqualTo(1);
    }

    @Test
    void everyServerAnswersForItself() throws Exception {
        assertThat(chronos.get("/ping").body()).isEqualTo("pong\n");
        assertThat(chronos.get("/v1/scheduler/leader").body()).isEqualTo("{\"leader\":\"" + chronos.address() + "\"}");
        assertThat(chronos.get("/actuator/prometheus").body()).contains("chronos_leader 1", "chronos_jobs");
    }

    private static void post(String kind, String job) throws Exception {
        HttpResponse<String> response = chronos.post("/v1/scheduler/" + kind, job);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }

    private static void refused(HttpResponse<String> response, String part) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode body = JsonMapper.shared().readTree(response.body());
        assertThat(body.get("status").asString()).isEqualTo("Bad Request");
        assertThat(body.get("message").asString()).contains(part).doesNotContain("\tat ");
    }

    /** The next launch of {@code job}; tests run one after the other, so all others are over. */
    private static TaskInfo launch(String job) throws Exception {
        TaskInfo task = master.awaitLaunch();
        assertThat(task.name()).isEqualTo("ChronosTask:" + job);
        return task;
    }

    private static boolean killed(TaskId task) throws Exception {
        List<TaskId> seen = new ArrayList<>();
        while (!seen.contains(task)) {
            seen.add(master.awaitKill());
        }
        return true;
    }

    private static String variable(CommandInfo command, String name) {
        return command.environment().variables().stream()
                .filter(variable -> variable.name().equals(name))
                .map(Environment.Variable::value)
                .reduce((first, second) -> {
                    throw new AssertionError(name + " is given twice");
                })
                .orElseThrow();
    }
}
