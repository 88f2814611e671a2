package org.nucleus.marathon.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Effect.RunProbe;
import org.nucleus.marathon.core.state.Effect.RunReadiness;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonInput.Probed;
import org.nucleus.marathon.core.state.MarathonInput.ReadinessProbed;
import org.nucleus.marathon.core.state.Readiness;
import org.nucleus.marathon.core.state.ReadinessCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs probes on virtual threads, a bounded number at once. */
public final class Prober implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Prober.class);
    private static final int AT_ONCE = 256;
    private static final int BODY_MOST = 4_096;

    private final Consumer<MarathonInput> inputs;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(AnyCertificate.context())
            .sslParameters(AnyCertificate.parameters())
            .build();

    /** How a probe went. */
    private record Outcome(boolean alive, String cause) {}

    public Prober(Consumer<MarathonInput> inputs) {
        this.inputs = inputs;
    }

    public void run(RunProbe probe) {
        inTurn(() -> {
            Outcome outcome = ask(probe);
            inputs.accept(
                    new Probed(probe.instance(), probe.incarnation(), probe.check(), outcome.alive(), outcome.cause()));
        });
    }

    /** Asks once whether an instance is ready. */
    public void run(RunReadiness probe) {
        inTurn(() -> {
            Readiness.Response response = readiness(probe);
            boolean ready = response != null && probe.definition().readyCodes().contains(response.status());
            inputs.accept(new ReadinessProbed(probe.instance(), probe.incarnation(), ready, response));
        });
    }

    private interface Probe {
        void run() throws InterruptedException;
    }

    private void inTurn(Probe probe) {
        threads.execute(() -> {
            try {
                room.acquire();
                try {
                    probe.run();
                } finally {
                    room.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the service stops
            }
        });
    }

    /** Absent if the task can't be reached, or doesn't answer in time. */
    private Readiness.@Nullable Response readiness(RunReadiness probe) throws InterruptedException {
        ReadinessCheck check = probe.definition();
        try {
            URI uri = uri(check.https(), probe.host(), probe.port(), check.path());
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(Duration.ofSeconds(check.timeoutSeconds()))
                    .build();
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                String type = answer.headers().firstValue("Content-Type").orElse("");
                String text = new String(body.readNBytes(BODY_MOST), StandardCharsets.UTF_8);
                return new Readiness.Response(answer.statusCode(), type, text);
            }
        } catch (IOException | IllegalArgumentException e) {
            log.atDebug().setCause(e).addKeyValue("instance", probe.instance()).log("Not ready");
            return null;
        }
    }

    private Outcome ask(RunProbe probe) throws InterruptedException {
        Duration timeout = Duration.ofSeconds(Math.max(1, probe.definition().timeoutSeconds()));
        try {
            return probe.definition().protocol() == HealthCheck.Protocol.TCP
                    ? connect(probe, timeout)
                    : get(probe, timeout);
        } catch (IOException | IllegalArgumentException e) {
            return new Outcome(false, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static Outcome connect(RunProbe probe, Duration timeout) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(probe.host(), probe.port()), Math.toIntExact(timeout.toMillis()));
            return new Outcome(true, "");
        }
    }

    private Outcome get(RunProbe probe, Duration timeout) throws IOException, InterruptedException {
        boolean https = probe.definition().protocol() == HealthCheck.Protocol.HTTPS;
        String path = Objects.requireNonNullElse(probe.definition().path(), "/");
        HttpRequest request = HttpRequest.newBuilder(uri(https, probe.host(), probe.port(), path))
                .timeout(timeout)
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status >= 200 && status < 400 ? new Outcome(true, "") : new Outcome(false, "status " + status);
    }

    private static URI uri(boolean https, String host, int port, String path) {
        String slash = path.startsWith("/") ? "" : "/";
        return URI.create((https ? "https://" : "http://") + host + ":" + port + slash + path);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}
