package org.nucleus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.access.Credential;
import org.nucleus.access.HttpLogin;
import org.nucleus.access.Mechanism;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Who may read the agent's endpoints when it asks who calls. No master is there: an agent answers without one. */
class AgentAccessTest {
    @TempDir
    static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext agent;

    @BeforeAll
    static void start() throws IOException {
        Path credentials = Files.writeString(directory.resolve("credentials"), "ops sesame\n");
        agent = Launch.start(
                AgentApplication.class,
                "agent",
                "MESOS_",
                Surroundings.hosted((code, reason) -> {}),
                "--master=127.0.0.1:1",
                "--work_dir=" + directory.resolve("work"),
                "--ip=127.0.0.1",
                "--port=0",
                "--http_credentials=" + credentials,
                "--authenticate_http_readonly",
                "--authenticate_http_readwrite");
    }

    @AfterAll
    static void stop() {
        agent.close();
    }

    @ParameterizedTest(name = "{0} with {1} -> {2}")
    @CsvSource({
        "/state, , 401",
        "/state, ops:wrong, 401",
        "/state, ops:sesame, 200",
        "/slave(1)/state, , 401",
        "/slave%281%29/state, , 401",
        "/slave(1)/state.json, ops:sesame, 200",
        "/files/read?path=/x, , 401",
        "/files/read?path=/x, ops:sesame, 404",
        "/files/browse, ops:sesame, 400",
        "/health, , 200",
        "/slave(1)/health, , 200",
        "/version, , 200",
        "/actuator/prometheus, , 200"
    })
    void asksForCredentialsWhereTheOriginalDoes(String path, String credentials, int status)
            throws IOException, InterruptedException {
        assertThat(get(path, credentials).statusCode()).isEqualTo(status);
    }

    @Test
    void whoProvesHimselfByCramMd5IsLetIn() throws IOException, InterruptedException {
        URI state = URI.create("http://127.0.0.1:" + port() + "/state");
        HttpLogin login = new HttpLogin(HTTP, new Credential("ops", "sesame"), Mechanism.CRAM_MD5);

        HttpRequest request = HttpRequest.newBuilder(state)
                .header("Authorization", login.authorization(state))
                .build();

        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void flagsShowNoSecret() throws IOException, InterruptedException {
        assertThat(get("/flags", "ops:sesame").body()).contains("work_dir").doesNotContain("sesame");
    }

    private static HttpResponse<String> get(String path, String credentials) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        if (credentials != null) {
            byte[] pair = credentials.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int port() {
        return ((ServletWebServerApplicationContext) agent).getWebServer().getPort();
    }
}
