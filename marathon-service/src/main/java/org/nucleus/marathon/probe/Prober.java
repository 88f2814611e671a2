package org.nucleus.marathon.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.nucleus.marathon.core.state.Effect.RunProbe;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonInput.Probed;

/** Runs probes on virtual threads, a bounded number at once. */
public final class Prober implements AutoCloseable {
    private static final int AT_ONCE = 256;

    private final Consumer<MarathonInput> inputs;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** How a probe went. */
    private record Outcome(boolean alive, String cause) {}

    public Prober(Consumer<MarathonInput> inputs) {
        this.inputs = inputs;
    }

    public void run(RunProbe probe) {
        threads.execute(() -> {
            try {
                room.acquire();
                try {
                    Outcome outcome = ask(probe);
                    inputs.accept(new Probed(
                            probe.instance(), probe.incarnation(), probe.check(), outcome.alive(), outcome.cause()));
                } finally {
                    room.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the service stops
            }
        });
    }

    private Outcome ask(RunProbe probe) throws InterruptedException {
        Duration timeout = Duration.ofSeconds(Math.max(1, probe.definition().timeoutSeconds()));
        try {
            return probe.definition().protocol() == HealthCheck.Protocol.TCP
                    ? connect(probe, timeout)
                    : get(probe, timeout);
        } catch (IOException e) {
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
        String scheme = probe.definition().protocol() == HealthCheck.Protocol.HTTPS ? "https" : "http";
        String path =
                probe.definition().path() == null ? "/" : probe.definition().path();
        String slash = path.startsWith("/") ? "" : "/";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(scheme + "://" + probe.host() + ":" + probe.port() + slash + path))
                .timeout(timeout)
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status >= 200 && status < 400 ? new Outcome(true, "") : new Outcome(false, "status " + status);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}
