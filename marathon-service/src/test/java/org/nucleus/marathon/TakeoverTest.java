package org.nucleus.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.nucleus.wire.TaskState;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A standby takes over without losing an app, an instance or a deployment that is under way. */
@Timeout(120)
class TakeoverTest {
    private static final JsonMapper JSON = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void theStandbyGoesOnWithWhatWasStored() throws Exception {
        try (TestZooKeeper zooKeeper = TestZooKeeper.start();
                FakeMaster master = new FakeMaster(2)) {
            String zk = zooKeeper.url();
            ConfigurableApplicationContext leader = launch(master, zk);
            master.awaitSubscription();
            try (ConfigurableApplicationContext standby = launch(master, zk)) {
                try (EventReader events = new EventReader(http, base(leader))) {
                    events.awaitDeployment(post(leader, "/web", 0.1, 3));
                }
                String stuck = post(leader, "/huge", 1000, 1);
                List<String> before = tasks(standby);

                leader.close();
                master.awaitSubscription();
                master.end(before.getFirst(), TaskState.TASK_FAILED);
                try (EventReader events = new EventReader(http, base(standby))) {
                    events.await(event -> event.path("taskStatus").asString().equals("TASK_RUNNING")
                            && event.path("taskId").asString().endsWith("._app.2"));
                }

                assertThat(tasks(standby)).hasSize(3).containsAll(before.subList(1, 3));
                assertThat(get(standby, "/v2/deployments").path(0).path("id").asString())
                        .isEqualTo(stuck);
                assertThat(get(standby, "/v2/apps/web/versions")
                                .path("versions")
                                .size())
                        .isOne();
            }
        }
    }

    private ConfigurableApplicationContext launch(FakeMaster master, String zk) throws IOException {
        List<String> flags = new ArrayList<>(database.flags());
        flags.addAll(List.of(
                "--master=" + master.address(),
                "--zk=" + zk,
                "--hostname=127.0.0.1",
                "--http_address=127.0.0.1",
                "--http_port=" + MarathonServiceTest.freePort()));
        return Launch.start(
                MarathonApplication.class,
                "marathon",
                "MARATHON_",
                Surroundings.hosted((code, reason) -> {}),
                flags.toArray(String[]::new));
    }

    private static URI base(ConfigurableApplicationContext service) {
        return URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port"));
    }

    private String post(ConfigurableApplicationContext service, String id, double cpus, int instances)
            throws Exception {
        String body =
                "{\"id\":\"" + id + "\",\"cmd\":\"sleep 1\",\"cpus\":" + cpus + ",\"instances\":" + instances + "}";
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(base(service).resolve("/v2/apps"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers().firstValue("Marathon-Deployment-Id").orElseThrow();
    }

    private List<String> tasks(ConfigurableApplicationContext service) throws Exception {
        List<String> ids = new ArrayList<>();
        get(service, "/v2/apps/web/tasks")
                .path("tasks")
                .forEach(task -> ids.add(task.path("id").asString()));
        return ids;
    }

    private JsonNode get(ConfigurableApplicationContext service, String path) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(base(service).resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
