package org.nucleus.chronos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.service.test.TestDatabase;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Chronos, and what a client does with it. */
public final class ChronosServer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> exits = new LinkedBlockingQueue<>();
    private final ConfigurableApplicationContext application;
    private final int port;

    public ChronosServer(TestDatabase database, String zooKeeper, String master, String... more) {
        List<String> flags = new ArrayList<>(database.flags());
        flags.addAll(List.of(
                "--master=" + master,
                "--zk=" + zooKeeper,
                "--zk_timeout=2000",
                "--http_port=0",
                "--http_address=127.0.0.1",
                "--hostname=127.0.0.1",
                "--failure_retry=50"));
        flags.addAll(List.of(more));
        application = Launch.start(
                ChronosApplication.class,
                "chronos",
                "CHRONOS_",
                Surroundings.hosted((code, reason) -> exits.add(reason)),
                flags.toArray(String[]::new));
        port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    public <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    public BlockingQueue<String> exits() {
        return exits;
    }

    public HttpResponse<String> call(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + address() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return call("POST", path, json.replace('\'', '"'), "Content-Type", "application/json");
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return call("GET", path, "");
    }

    public JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return JsonMapper.shared().readTree(response.body());
    }

    /** Waits until this server answers as, or for, a leader. */
    public ChronosServer awaitLeader() throws IOException, InterruptedException {
        Eventually.holds("a leader answers", () -> get("/v1/scheduler/jobs").statusCode() == 200);
        return this;
    }

    @Override
    public void close() {
        application.close();
    }
}
