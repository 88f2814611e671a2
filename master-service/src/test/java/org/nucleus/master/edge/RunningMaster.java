package org.nucleus.master.edge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.nucleus.master.MasterApplication;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.service.test.TestDatabase;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A master of its own on a free port. */
final class RunningMaster implements AutoCloseable {
    private static final HttpClient http = HttpClient.newHttpClient();

    final BlockingQueue<String> exits = new LinkedBlockingQueue<>();
    private final ConfigurableApplicationContext application;
    private final int port;

    private RunningMaster(List<String> flags) {
        application = Launch.start(
                MasterApplication.class,
                "master",
                "MESOS_",
                Surroundings.hosted((code, reason) -> exits.add(reason)),
                flags.toArray(String[]::new));
        port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    static RunningMaster start(TestDatabase database, String... more) {
        List<String> flags = new ArrayList<>(database.flags());
        flags.addAll(List.of("--port=0", "--ip=127.0.0.1", "--hostname=localhost", "--work_dir=/var/lib/nucleus"));
        flags.addAll(List.of(more));
        return new RunningMaster(flags);
    }

    /** Returns once {@code this} leads, or another one is known to it. */
    RunningMaster awaitLeader() throws Exception {
        while (get("/redirect").statusCode() == 503) {
            Thread.onSpinWait();
        }
        return this;
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    int port() {
        return port;
    }

    String hostAndPort() {
        return "localhost:" + port;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(get(path).body());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Posts a scheduler call; headers as {@code name, value, …}. */
    HttpResponse<String> call(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/api/v1/scheduler")).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    @Override
    public void close() {
        application.close();
    }
}
