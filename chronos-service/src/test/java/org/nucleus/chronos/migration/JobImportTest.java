package org.nucleus.chronos.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.chronos.ChronosServer;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;

/** Jobs of a running Chronos come over by its API, and those that are here stay as they are. */
@Timeout(180)
class JobImportTest {
    private static final String JOBS = """
            [{"name":"child","command":"y","parents":["mother","father"],"retries":4,"uris":["http://h/a"]},
             {"name":"mother","command":"x","schedule":"R/2035-01-01T00:00:00.000Z/PT24H","scheduleTimeZone":"",
              "successCount":12,"owner":"o@x","constraints":[["rack","EQUALS","r1"]]},
             {"name":"father","command":"z","schedule":"R/2035-01-01T00:00:00.000Z/P1D"},
             {"name":"lost","command":"z","parents":["gone"]}]""";

    @Test
    void jobsComeOverParentsFirst() throws Exception {
        HttpServer old = old();
        try (TestZooKeeper zooKeeper = TestZooKeeper.start();
                ChronosServer chronos =
                        new ChronosServer(TestDatabase.fresh(), zooKeeper.url(), "127.0.0.1:1").awaitLeader()) {
            String from = "--from=http://127.0.0.1:" + old.getAddress().getPort();
            String to = "--to=http://" + chronos.address();

            Ran first = run(from, to);
            assertThat(first.output()).contains("3 jobs imported, 0 were there already, 1 were refused: lost");
            assertThat(first.code()).isEqualTo(1);
            assertThat(chronos.json("/v1/scheduler/job/child").at("/parents").toString())
                    .isEqualTo("[\"mother\",\"father\"]");
            assertThat(chronos.json("/v1/scheduler/job/mother")
                            .get("successCount")
                            .asInt())
                    .isEqualTo(12);

            assertThat(run(from, to).output()).contains("0 jobs imported, 3 were there already");
        } finally {
            old.stop(0);
        }
    }

    @Test
    void aCommandThatMakesNoSenseSaysHowItIsMeant() throws Exception {
        assertThat(run("--from=http://h").code()).isEqualTo(2);
        assertThat(run("everything").output()).contains("Usage: chronos-service import");
        assertThat(run("--from=http://127.0.0.1:1", "--to=http://127.0.0.1:1").output())
                .contains("The import failed");
    }

    /** What a Chronos of 2.x answers: it has no paths with a version. */
    private static HttpServer old() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            boolean known = call.getRequestURI().getPath().equals("/scheduler/jobs");
            byte[] body = (known ? JOBS : "not found").getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(known ? 200 : 404, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        server.start();
        return server;
    }

    private record Ran(int code, String output) {}

    private static Ran run(String... arguments) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = JobImport.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8));
    }
}
