package org.nucleus.benchmarks.stand;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.nucleus.benchmarks.swarm.Waiting;

/**
 * A fresh PostgreSQL that forces every commit to disk, and masters and agents as processes beside it, all on the
 * loopback interface and in a temporary directory. Closing it leaves nothing behind.
 */
public final class Stand implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START_MOST = Duration.ofSeconds(90);
    private static final int HEAP_MEGABYTES = 4_096;

    private final Path root = Path.of(System.getProperty("nucleus.root", "."));
    private final Path directory;
    private final EmbeddedPostgres database;
    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    /** Also a measurement that is interrupted leaves no process behind. */
    private final Thread onExit = new Thread(() -> services.reversed().forEach(ServiceProcess::close), "stand-exit");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A master: where it listens, and its process. */
    public record Master(InetSocketAddress address, ServiceProcess process) {}

    public Stand() throws IOException {
        directory = Files.createTempDirectory("nucleus-benchmark-");
        Runtime.getRuntime().addShutdownHook(onExit);
        database = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "128MB")
                .start();
    }

    /** Starts a master that needs nobody's vote, and waits until it leads. */
    public Master master(String... flags) throws IOException {
        Master master = candidate(flags);
        if (!Waiting.until(() -> leads(master), START_MOST)) {
            throw new IOException("The master does not lead; its log is in " + directory);
        }
        return master;
    }

    /** Starts a master without waiting for anything. */
    public Master candidate(String... flags) throws IOException {
        InetSocketAddress address = new InetSocketAddress(LOOPBACK, freePort());
        List<String> all = new ArrayList<>(List.of(
                "--ip=" + LOOPBACK,
                "--hostname=" + LOOPBACK,
                "--port=" + address.getPort(),
                "--db_url=" + database.getJdbcUrl("postgres", "postgres"),
                "--db_user=postgres",
                "--db_password=postgres"));
        all.addAll(List.of(flags));
        return new Master(address, service("master", all));
    }

    /** A real agent: its process, and where its tasks' sandboxes are. */
    public record Agent(ServiceProcess process, Path workDirectory) {}

    /** Starts a real agent of that master; whether it has registered is for its master to say. */
    public Agent agent(Master master, String... flags) throws IOException {
        Path work = Files.createDirectories(directory.resolve("agent-" + services.size()));
        List<String> all = new ArrayList<>(List.of(
                "--master=" + LOOPBACK + ":" + master.address().getPort(),
                "--ip=" + LOOPBACK,
                "--hostname=" + LOOPBACK,
                "--port=" + freePort(),
                "--work_dir=" + work));
        all.addAll(List.of(flags));
        return new Agent(service("agent", all), work);
    }

    private ServiceProcess service(String kind, List<String> flags) throws IOException {
        Path jar = root.resolve(kind + "-service/target/" + kind + "-service-exec.jar");
        Path log = directory.resolve(kind + "-" + services.size() + ".log");
        ServiceProcess started = ServiceProcess.start(jar, log, HEAP_MEGABYTES, flags);
        services.add(started);
        return started;
    }

    public boolean leads(Master master) {
        try {
            return get(master, "/state-summary").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** A GET with redirects not followed. */
    public HttpResponse<byte[]> get(Master master, String path) throws IOException {
        try {
            URI uri = URI.create("http://" + LOOPBACK + ":" + master.address().getPort() + path);
            return http.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A value of {@code /metrics/snapshot}. */
    public double metric(Master master, String name) throws IOException {
        String json = new String(get(master, "/metrics/snapshot").body(), java.nio.charset.StandardCharsets.UTF_8);
        int at = json.indexOf('"' + name + "\":");
        if (at < 0) {
            throw new IOException("There is no metric " + name);
        }
        String rest = json.substring(at + name.length() + 3);
        return Double.parseDouble(rest.substring(0, Math.max(rest.indexOf(','), rest.indexOf('}')))
                .split("[,}]")[0]);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(onExit);
        http.shutdownNow();
        services.reversed().forEach(ServiceProcess::close);
        database.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
