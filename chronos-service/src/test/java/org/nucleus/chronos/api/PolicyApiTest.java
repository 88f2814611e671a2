package org.nucleus.chronos.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.chronos.ChronosServer;
import org.nucleus.chronos.Eventually;
import org.nucleus.chronos.FakeMaster;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls and fields that the original did not have, over HTTP. Each test uses jobs of its own. */
@Timeout(180)
class PolicyApiTest {
    private static final String FAR = "R/2035-01-01T00:00:00Z/PT24H";
    private static final String API = "/v1/scheduler/";
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
    void everyFieldOfAPolicyComesBack() throws Exception {
        String sent = "{'name':'policy','command':'x','schedule':'*/5 9-17 * * 1-5','scheduleTimeZone':'Europe/Paris',"
                + "'catchUp':'all','epsilon':'PT10M','overlap':'queue','retryDelay':5.0,'retryFactor':2.0,"
                + "'maxRetryDelay':60.0,'priority':7,'paused':true,'async':true,'trigger':'any','join':'pass',"
                + "'notify':['failure','late']}";
        created(chronos.post(API + "iso8601", sent));

        JsonNode job = chronos.json(API + "job/policy");
        JsonNode expected = JsonMapper.shared().readTree(sent.replace('\'', '"'));
        expected.properties()
                .forEach(field ->
                        assertThat(job.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
        created(chronos.post(API + "iso8601", job.toString()));
        assertThat(chronos.json(API + "job/policy")).isEqualTo(job);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\"',
            value = {
                "'schedule':'61 * * * *'|minute '61' is not within 0-59",
                "'schedule':'0 0 30 2 *'|it never fires",
                "'catchUp':'sometimes'|'catchUp' must be one of",
                "'epsilon':'soon'|'epsilon' must be an ISO 8601 duration",
                "'epsilon':'-PT1M'|'epsilon' must be an ISO 8601 duration",
                "'overlap':'maybe'|'overlap' must be one of",
                "'retryDelay':-1|'retryDelay' must be seconds",
                "'retryFactor':0.5|retryFactor must be from 1 to 100",
                "'priority':5000|priority must be from -1000 to 1000",
                "'trigger':'never'|'trigger' must be one of",
                "'join':'all'|'join' must be one of",
                "'notify':['sunrise']|'notify' must be a list of",
                "'paused':'perhaps'|'paused' must be true or false"
            })
    void aFieldAtFaultIsNamed(String field, String part) throws Exception {
        String schedule = field.contains("schedule") ? "" : ",'schedule':'" + FAR + "'";
        refused(chronos.post(API + "iso8601", "{'name':'bad','command':'x'," + field + schedule + "}"), part);
        refused(chronos.get(API + "job/bad"), "Job 'bad' not found");
    }

    @Test
    void theNextFiringsAreToldInTheJobsZone() throws Exception {
        created(chronos.post(
                API + "iso8601",
                "{'name':'ahead','command':'x','schedule':'30 2 * 3 *','scheduleTimeZone':'Europe/Paris'}"));

        JsonNode next = chronos.json(API + "job/ahead/next?count=31").get("next");

        assertThat(next).hasSize(31);
        for (JsonNode time : next) {
            assertThat(time.asString()).containsAnyOf("T01:30:00.000Z", "T00:30:00.000Z", "T01:00:00.000Z");
        }
        created(chronos.post(API + "dependency", "{'name':'after','command':'x','parents':['ahead']}"));
        refused(chronos.get(API + "job/after/next"), "it runs after ahead");
    }

    @Test
    void aDryRunStoresNothing() throws Exception {
        HttpResponse<String> answer =
                chronos.post(API + "iso8601?dryRun=true", "{'name':'dry','command':'x','schedule':'@hourly','cpus':0}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.at("/job/cpus").asDouble()).isEqualTo(0.1);
        assertThat(body.get("next")).hasSize(5);
        refused(chronos.get(API + "job/dry"), "not found");
        refused(chronos.post(API + "iso8601?dryRun=true", "{'name':'dry','schedule':'x y'}"), "five fields");
        refused(chronos.post(API + "dependency?dryRun=true", "{'name':'dry','parents':['none']}"), "none");
    }

    @Test
    void aRunMayBeAskedForWithOtherValues() throws Exception {
        created(chronos.post(API + "iso8601", "{'name':'manual','command':'echo','schedule':'" + FAR + "'}"));

        HttpResponse<String> answer = chronos.post(
                API + "job/manual/runs",
                "{'arguments':'a b','command':'printf','cpus':0.5,"
                        + "'environmentVariables':[{'name':'X','value':'1'}]}");

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode run = JsonMapper.shared().readTree(answer.body());
        assertThat(run.get("cause").asString()).isEqualTo("MANUAL");
        assertThat(run.at("/overrides/command").asString()).isEqualTo("printf");
        TaskInfo task = master.awaitLaunch();
        assertThat(task.taskId().value()).isEqualTo(run.get("taskId").asString());
        assertThat(task.command().value()).isEqualTo("printf a b");
        master.update(task.taskId(), TaskState.TASK_FINISHED);
        state("manual", "SUCCEEDED");
        refused(chronos.post(API + "job/manual/runs", "{'cpus':-1}"), "'cpus' must be");
        refused(chronos.post(API + "job/none/runs", ""), "Job 'none' not found");
    }

    @Test
    void aPausedJobWaitsAndGoesOn() throws Exception {
        created(chronos.post(
                API + "iso8601",
                "{'name':'paused','command':'x','schedule':'R1/2020-01-01T00:00:00Z/P1D','paused':true}"));
        assertThat(chronos.json(API + "job/paused/runs")).isEmpty();

        created(chronos.call("PUT", API + "job/paused/resume", ""));
        TaskInfo task = master.awaitLaunch();
        assertThat(task.name()).isEqualTo("ChronosTask:paused");
        master.update(task.taskId(), TaskState.TASK_FINISHED);
        state("paused", "SUCCEEDED");
        created(chronos.call("PUT", API + "job/paused/pause", ""));
        assertThat(chronos.json(API + "job/paused").get("paused").asBoolean()).isTrue();
        refused(chronos.call("PUT", API + "job/none/pause", ""), "Job 'none' not found");
    }

    @Test
    void anAsynchronousRunEndsByItsReport() throws Exception {
        created(chronos.post(
                API + "iso8601", "{'name':'async','command':'x','schedule':'" + FAR + "','async':true,'retries':0}"));
        created(chronos.call("PUT", API + "job/async", ""));
        TaskInfo task = master.awaitLaunch();
        master.update(task.taskId(), TaskState.TASK_RUNNING);
        master.update(task.taskId(), TaskState.TASK_FINISHED);
        state("async", "REPORTING");

        String path = "/scheduler/task/" + task.taskId().value();
        refused(put(path, "{}"), "'statusCode' must be given");
        created(put(path, "{'statusCode':1}"));
        state("async", "FAILED");
        refused(put(path, "{'statusCode':0}"), "No run has the task");
    }

    @Test
    void progressIsCountedForJobsThatProcessData() throws Exception {
        created(chronos.post(
                API + "iso8601",
                "{'name':'data','command':'x','schedule':'" + FAR + "','dataProcessingJobType':true}"));
        created(chronos.call("PUT", API + "job/data", ""));
        TaskInfo task = master.awaitLaunch();
        String path = API + "job/data/task/" + task.taskId().value() + "/progress";
        created(chronos.post(path, "{'numAdditionalElementsProcessed':3}"));
        created(chronos.post(path, "{'numAdditionalElementsProcessed':4}"));
        refused(chronos.post(path, "{'numAdditionalElementsProcessed':-1}"), "must not be negative");
        refused(chronos.post(API + "job/data/task/none/progress", "{'numAdditionalElementsProcessed':1}"), "none");

        assertThat(chronos.json(API + "job/stat/data")
                        .at("/taskStatHistory/0/numElementsProcessed")
                        .asInt())
                .isEqualTo(7);
        master.update(task.taskId(), TaskState.TASK_FINISHED);
        state("data", "SUCCEEDED");
    }

    @Test
    void thePastIsFilledIn() throws Exception {
        created(chronos.post(API + "iso8601", "{'name':'past','command':'x','schedule':'0 12 * * *','disabled':true}"));
        String range = API + "job/past/backfill?from=2024-02-28T00:00:00Z&to=2024-03-01T13:00:00Z";

        HttpResponse<String> answer = chronos.post(range, "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"runs\":3}");
        for (String day : new String[] {"2024-02-28", "2024-02-29", "2024-03-01"}) {
            TaskInfo task = master.awaitLaunch();
            JsonNode runs =
                    chronos.json(API + "runs?job=past&text=" + task.taskId().value());
            assertThat(runs.at("/0/nominalTime").asString()).startsWith(day + "T12:00");
            assertThat(runs.at("/0/cause").asString()).isEqualTo("BACKFILL");
            master.update(task.taskId(), TaskState.TASK_FINISHED);
        }
        Eventually.holds(
                "all ended",
                () -> chronos.json(API + "runs?job=past&state=SUCCEEDED").size() == 3);
        refused(chronos.post(API + "job/past/backfill?from=x&to=2024-03-01T13:00:00Z", ""), "'from' must be");
        refused(
                chronos.post(API + "job/past/backfill?from=2035-01-01T00:00:00Z&to=2036-01-01T00:00:00Z", ""),
                "not in the future");
    }

    @Test
    void theHistoryIsSearchedByWhatIsKnown() throws Exception {
        created(chronos.post(API + "iso8601", "{'name':'found','command':'x','schedule':'" + FAR + "','retries':0}"));
        created(chronos.call("PUT", API + "job/found", ""));
        TaskInfo task = master.awaitLaunch();
        master.update(task.taskId(), TaskState.TASK_FAILED);
        state("found", "FAILED");

        assertThat(chronos.json(API + "runs?job=found&state=FAILED")).hasSize(1);
        assertThat(chronos.json(API + "runs?job=found&state=SUCCEEDED")).isEmpty();
        assertThat(chronos.json(API + "runs?job=found&from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z"))
                .isEmpty();
        assertThat(chronos.json(API + "runs?job=found&text=task_failed")).hasSize(1);
        refused(chronos.get(API + "runs?state=BROKEN"), "'state' must be one of");
        refused(chronos.get(API + "runs?from=yesterday"), "'from' must be");
    }

    @Test
    void aPageOfTheSummaryIsSortedSearchedAndCounted() throws Exception {
        created(chronos.post(API + "iso8601", "{'name':'page.b','command':'x','schedule':'" + FAR + "'}"));
        created(chronos.post(
                API + "iso8601", "{'name':'page.a','command':'x','schedule':'R/2034-01-01T00:00:00Z/PT1H'}"));

        JsonNode page = chronos.json(API + "jobs/summary?q=PAGE.&limit=1&sort=next");
        assertThat(page.get("total").asInt()).isEqualTo(2);
        assertThat(page.at("/counts/fresh").asInt()).isEqualTo(2);
        assertThat(page.at("/jobs/0/name").asString()).isEqualTo("page.a");
        assertThat(page.at("/jobs/0/next").asString()).isEqualTo("2034-01-01T00:00:00.000Z");
        assertThat(chronos.json(API + "jobs/summary?q=page.&limit=1&offset=1&sort=next")
                        .at("/jobs/0/name")
                        .asString())
                .isEqualTo("page.b");
        refused(chronos.get(API + "jobs/summary?limit=1&sort=mood"), "'sort' must be one of");
    }

    @Test
    void whatBecomesOfChildrenIsTheCallersChoice() throws Exception {
        created(chronos.post(API + "iso8601", "{'name':'mother','command':'x','schedule':'" + FAR + "'}"));
        created(chronos.post(API + "dependency", "{'name':'daughter','command':'x','parents':['mother']}"));

        refused(chronos.call("DELETE", API + "job/mother?children=refuse", ""), "is a parent of daughter");
        refused(chronos.call("DELETE", API + "job/mother?children=eat", ""), "'children' must be one of");
        created(chronos.call("DELETE", API + "job/mother?children=cascade", ""));
        refused(chronos.get(API + "job/daughter"), "not found");
    }

    @Test
    void aLogIsRefusedWhereThereIsNone() throws Exception {
        created(chronos.post(API + "iso8601", "{'name':'mute','command':'x','schedule':'" + FAR + "'}"));
        refused(chronos.get(API + "job/mute/runs/none/log"), "has no run 'none'");
        refused(chronos.get(API + "job/mute/runs/none/log?file=../secret"), "'file' must be a path");
    }

    @Test
    void thePageIsServed() throws Exception {
        assertThat(chronos.get("/").body()).contains("<title>Chronos</title>");
        assertThat(chronos.get("/page.js").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> put(String path, String json) throws Exception {
        return chronos.call("PUT", path, json.replace('\'', '"'), "Content-Type", "application/json");
    }

    private static void state(String job, String state) throws Exception {
        Eventually.holds(
                job + " is " + state,
                () -> chronos.json(API + "job/" + job + "/runs")
                        .at("/0/state")
                        .asString("")
                        .equals(state));
    }

    private static void created(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }

    private static void refused(HttpResponse<String> response, String part) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(response.body()).get("message").asString())
                .contains(part);
    }
}
