package org.nucleus.chronos.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.chronos.ChronosServer;
import org.nucleus.chronos.Eventually;
import org.nucleus.chronos.FakeMaster;
import org.nucleus.chronos.store.ChronosStore;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.nucleus.wire.TaskState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Owners are told over every channel that is set up, once it takes what it is given. */
@Timeout(180)
class NoticesTest {
    private final BlockingQueue<JsonNode> posted = new LinkedBlockingQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private TestZooKeeper zooKeeper;
    private FakeMaster master;
    private HttpServer receiver;
    private GreenMail mail;
    private ChronosServer chronos;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = TestZooKeeper.start();
        master = new FakeMaster();
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", call -> {
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refuse = refusals.getAndDecrement() > 0;
            call.sendResponseHeaders(refuse ? 503 : 200, -1);
            call.close();
            if (!refuse) {
                posted.add(JsonMapper.shared().readTree(body));
            }
        });
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
        chronos = new ChronosServer(
                        TestDatabase.fresh(),
                        zooKeeper.url(),
                        master.address(),
                        "--cluster_name=east",
                        "--mail_server=127.0.0.1:" + mail.getSmtp().getPort(),
                        "--mail_from=chronos@example.org",
                        "--slack_url=" + url + "/slack",
                        "--http_notification_url=" + url + "/http")
                .awaitLeader();
    }

    @AfterEach
    void stop() throws Exception {
        chronos.close();
        receiver.stop(0);
        mail.stop();
        master.close();
        zooKeeper.close();
    }

    @Test
    void aFailureIsToldToEveryOwnerOverEveryChannel() throws Exception {
        fail("'retries':0,'owner':'ann@example.org, bob@example.org'");

        assertThat(mail.waitForIncomingEmail(30_000, 2)).isTrue();
        assertThat(Stream.of(mail.getReceivedMessages()).map(NoticesTest::to))
                .containsExactlyInAnyOrder("ann@example.org", "bob@example.org");
        assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("[east] [Chronos] job 'job' failed!");
        List<JsonNode> bodies = List.of(next(), next());
        assertThat(bodies)
                .anySatisfy(body ->
                        assertThat(body.path("text").asString()).startsWith("[east] [Chronos] job 'job' failed!: ct:"));
        assertThat(bodies).anySatisfy(body -> {
            assertThat(body.path("event").asString()).isEqualTo("failure");
            assertThat(body.path("to").asString()).startsWith("ann@");
            assertThat(body.path("errorCount").asString()).isEqualTo("1");
            assertThat(body.path("command").asString()).isEqualTo("x");
        });
    }

    @Test
    void whatAChannelDoesNotTakeIsTriedAgain() throws Exception {
        refusals.set(2);
        fail("'retries':0");

        assertThat(List.of(next(), next())).hasSize(2);
        Eventually.holds(
                "nothing is left",
                () -> chronos.bean(ChronosStore.class).notices(1).isEmpty());
    }

    @Test
    void whoAsksForSuccessOnlyHearsNothingOfFailures() throws Exception {
        fail("'retries':0,'notify':['recovery']");
        chronos.call("PUT", "/v1/scheduler/job/job", "");
        master.update(master.awaitLaunch().taskId(), TaskState.TASK_FINISHED);

        assertThat(List.of(next(), next()).toString())
                .contains("succeeds again")
                .doesNotContain("failed!");
    }

    private void fail(String fields) throws Exception {
        String job = "{'name':'job','command':'x','schedule':'R/2035-01-01T00:00:00Z/PT24H'," + fields + "}";
        assertThat(chronos.post("/v1/scheduler/iso8601", job).statusCode()).isEqualTo(204);
        chronos.call("PUT", "/v1/scheduler/job/job", "");
        master.update(master.awaitLaunch().taskId(), TaskState.TASK_FAILED);
        Eventually.holds(
                "failed",
                () -> chronos.json("/v1/scheduler/job/job").get("errorCount").asInt() == 1);
    }

    private JsonNode next() throws InterruptedException {
        return Objects.requireNonNull(posted.poll(30, TimeUnit.SECONDS), "nothing was posted");
    }

    private static String to(jakarta.mail.internet.MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
