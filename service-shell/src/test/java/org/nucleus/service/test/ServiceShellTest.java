package org.nucleus.service.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.access.Credential;
import org.nucleus.access.HttpLogin;
import org.nucleus.access.Mechanism;
import org.nucleus.machine.Journal;
import org.nucleus.service.flags.Exit;
import org.nucleus.service.flags.FlagsException;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.service.store.FencedStore;
import org.nucleus.service.stream.EventStream;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** The shell's promises, over real HTTP and a real database. */
@Timeout(120)
class ServiceShellTest {
    private static final BlockingQueue<String> exits = new LinkedBlockingQueue<>();
    private static final HttpClient http = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext service;
    private static int port;

    @BeforeAll
    static void start() {
        List<String> flags = new ArrayList<>(TestDatabase.fresh().flags());
        flags.addAll(List.of("--port=0", "--ip=127.0.0.1", "--agent_ping_timeout=3secs", "--cache_size=64MB"));
        service = Launch.start(
                SampleApplication.class,
                "sample",
                "MESOS_",
                Surroundings.hosted((code, reason) -> exits.add(reason)),
                flags.toArray(String[]::new));
        port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    static void stop() {
        service.close();
        http.close();
    }

    @Test
    void flagsBecomeTypedSettings() {
        SampleProperties settings = service.getBean(SampleProperties.class);

        assertThat(settings.agentPingTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.cacheSize()).isEqualTo(DataSize.ofMegabytes(64));
        assertThat(settings.acls()).isNull();
    }

    @Test
    void theHostDecidesHowAServiceExits() throws Exception {
        service.getBean(Exit.class).exit(1, "deposed");

        assertThat(exits.poll(10, TimeUnit.SECONDS)).isEqualTo("deposed");
    }

    @Test
    void aPortInUsePreventsTheStart() {
        assertThatThrownBy(() -> Launch.start(
                        SampleApplication.class,
                        "plain",
                        "MESOS_",
                        Surroundings.hosted((code, reason) -> {}),
                        "--port=" + port))
                .hasRootCauseInstanceOf(BindException.class)
                .hasCauseInstanceOf(PortInUseException.class);
    }

    @Test
    void aServiceWithoutADatabaseStarts() throws Exception {
        try (var plain = Launch.start(
                SampleApplication.class, "plain", "MESOS_", Surroundings.hosted((code, reason) -> {}), "--port=0")) {
            assertThat(plain.getBeanNamesForType(FencedStore.class)).isEmpty();
        }
    }

    @Test
    void aMissingDatabaseIsSaid() {
        assertThatThrownBy(() -> Launch.start(
                        SampleApplication.class, "sample", "MESOS_", Surroundings.hosted((code, reason) -> {})))
                .isInstanceOf(FlagsException.class)
                .hasMessageContaining("--db_url");
    }

    @Test
    void basicCredentialsAreAskedForWhereARealmIs() throws Exception {
        HttpResponse<String> refused = get("/closed/whoami", null);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"sample\"");
        assertThat(get("/closed/whoami", basic("ann", "wrong")).statusCode()).isEqualTo(401);
        assertThat(get("/closed/whoami", basic("ann", "secret")).body()).isEqualTo("ann");
    }

    @Test
    void aTokenEarnedByCramMd5SaysWhoCalls() throws Exception {
        URI target = uri("/closed/whoami");
        String bearer = new HttpLogin(http, new Credential("ann", "secret"), Mechanism.CRAM_MD5).authorization(target);

        assertThat(get("/closed/whoami", bearer).body()).isEqualTo("ann");
        assertThat(get("/closed/whoami", "Bearer guessed").statusCode()).isEqualTo(401);
        assertThatThrownBy(() ->
                        new HttpLogin(http, new Credential("ann", "wrong"), Mechanism.CRAM_MD5).authorization(target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void credentialsAreIgnoredWhereNobodyIsAsked() throws Exception {
        assertThat(get("/open/x", basic("ann", "wrong")).body()).isEqualTo("/open/x nobody true");
    }

    @Test
    void pathsAreNormalBeforeAnybodyLooks() throws Exception {
        assertThat(get("/open//a/%2Fb%2fc/", null).body()).startsWith("/open/a/b/c ");
        assertThat(get("//closed//whoami", null).statusCode()).isEqualTo(401);
        assertThat(get("/%2Fclosed/whoami/", null).statusCode()).isEqualTo(401);
        assertThat(get("/open/..%2Fclosed/whoami", null).statusCode()).isEqualTo(400);
    }

    @Test
    void aMalformedBodyIsABadRequestAndNotUnauthorized() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/closed/number"))
                .header("Authorization", basic("ann", "secret"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{"))
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void metricsAndHealthAreThere() throws Exception {
        assertThat(get("/actuator/health", null).body()).contains("UP");
        assertThat(get("/actuator/prometheus", null).body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void aStreamIsChunkedAlsoWhenTheClientWantsToClose() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("POST /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: gzip\r\n"
                                    + "Content-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            EventStream stream = endpoints().opened.take();
            String head = until(socket.getInputStream(), "\r\n\r\n");
            assertThat(head)
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("Transfer-Encoding: chunked")
                    .contains("Content-Type: application/json\r\n")
                    .doesNotContain("gzip");
            stream.offer("hello".getBytes());
            assertThat(until(socket.getInputStream(), "hello")).isNotNull();
            assertThat(until(socket.getInputStream(), "beat")).isNotNull();
            stream.close("bye".getBytes());
            assertThat(until(socket.getInputStream(), "bye\r\n0\r\n\r\n")).isNotNull();
            assertThat(endpoints().endings.take()).isEqualTo("it was closed");
        }
    }

    @Test
    void aStreamEndsWhenItsReaderIsTooSlow() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setReceiveBufferSize(4_096);
            socket.getOutputStream()
                    .write("POST /stream HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            EventStream stream = endpoints().opened.take();
            byte[] large = new byte[4 << 20];
            int accepted = 0;
            while (stream.offer(large)) {
                accepted++;
            }
            assertThat(accepted).isGreaterThanOrEqualTo(4);
            assertThat(stream.isOpen()).isFalse();
        }
        assertThat(endpoints().endings.take()).contains("too slow");
    }

    @Test
    void aStreamEndsWhenItsReaderClosesAlthoughNothingIsWritten() throws Exception {
        try (Socket socket = quietStream()) {
            endpoints().opened.take();
            assertThat(until(socket.getInputStream(), "\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
        assertThat(endpoints().endings.take()).isEqualTo("its reader is gone");
    }

    @Test
    void aConnectionWhoseStreamWasClosedServesTheNextRequest() throws Exception {
        try (Socket socket = quietStream()) {
            EventStream stream = endpoints().opened.take();
            assertThat(until(socket.getInputStream(), "\r\n\r\n")).startsWith("HTTP/1.1 200");
            stream.close("bye".getBytes());
            assertThat(until(socket.getInputStream(), "bye\r\n0\r\n\r\n")).isNotNull();
            assertThat(endpoints().endings.take()).isEqualTo("it was closed");
            socket.getOutputStream()
                    .write("GET /open/again HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(until(socket.getInputStream(), "/open/again")).startsWith("HTTP/1.1 200");
        }
    }

    private static Socket quietStream() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write("POST /stream?beatMillis=3600000 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void onlyTheLatestTermMayWrite() {
        FencedStore store = service.getBean(FencedStore.class);
        JdbcTemplate jdbc = service.getBean(JdbcTemplate.class);
        long first = store.elected();
        store.inTerm(first, () -> jdbc.update("insert into thing values ('a')"));
        long second = store.elected();

        assertThat(second).isGreaterThan(first);
        assertThatThrownBy(() -> store.inTerm(first, () -> jdbc.update("insert into thing values ('b')")))
                .isInstanceOf(Journal.Deposed.class);
        assertThat(jdbc.queryForList("select id from thing", String.class)).containsExactly("a");
        assertThatThrownBy(
                        () -> store.inTerm(second, () -> jdbc.execute("select pg_terminate_backend(pg_backend_pid())")))
                .isInstanceOf(Journal.Unavailable.class);
        store.inTerm(second, () -> jdbc.update("insert into thing values ('c')"));
    }

    private static SampleApplication.Endpoints endpoints() {
        return service.getBean(SampleApplication.Endpoints.class);
    }

    private static HttpResponse<String> get(String path, @Nullable String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String basic(String principal, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((principal + ":" + secret).getBytes());
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as("after '%s'", read).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }
}
