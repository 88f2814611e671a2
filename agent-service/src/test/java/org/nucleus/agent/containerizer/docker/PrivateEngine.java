package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine of the test's own, with its own socket, data and cgroups, and one image made of this machine's shell
 * and a few commands. Closing it leaves nothing. Its containers outlive its absence.
 */
final class PrivateEngine implements AutoCloseable {
    static final String IMAGE = "nucleus-test:1";
    private static final Duration MOST = Duration.ofMinutes(1);
    private static final List<String> COMMANDS = List.of("sh", "sleep", "cat", "tail", "ls");

    private final Path directory;
    private final String cgroup;
    private @Nullable Process engine;

    private PrivateEngine(Path directory) {
        this.directory = directory;
        this.cgroup = directory.getFileName().toString();
    }

    /** Why there can be none here; empty if there can. */
    static Optional<String> obstacle() {
        for (String binary : List.of("/usr/sbin/dockerd", "/usr/bin/dockerd", "/usr/local/bin/dockerd")) {
            if (Files.isExecutable(Path.of(binary))) {
                return System.getProperty("user.name").equals("root")
                        ? Optional.empty()
                        : Optional.of("only root can start a Docker engine");
            }
        }
        return Optional.of("this machine has no dockerd");
    }

    static PrivateEngine start() throws IOException, InterruptedException {
        PrivateEngine engine = new PrivateEngine(Files.createTempDirectory("nucleus-docker-"));
        try {
            engine.begin();
            engine.importImage();
            return engine;
        } catch (IOException | InterruptedException e) {
            engine.close();
            throw e;
        }
    }

    Path socket() {
        return directory.resolve("engine.sock");
    }

    Path directory() {
        return directory;
    }

    /** Starts it, and waits until it answers. */
    void begin() throws IOException, InterruptedException {
        Files.deleteIfExists(directory.resolve("engine.pid"));
        engine = new ProcessBuilder(
                        "dockerd",
                        "--data-root=" + directory.resolve("data"),
                        "--exec-root=" + directory.resolve("exec"),
                        "--pidfile=" + directory.resolve("engine.pid"),
                        "--host=unix://" + socket(),
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--live-restore",
                        "--cgroup-parent=/" + cgroup,
                        "--log-level=error")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        long end = System.nanoTime() + MOST.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end || !engine.isAlive()) {
                throw new IOException("dockerd does not answer: " + Files.readString(directory.resolve("log")));
            }
            pause();
        }
    }

    /** Ends it; what runs goes on. */
    void end() throws InterruptedException {
        if (engine != null) {
            engine.destroy();
            if (!engine.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                engine.destroyForcibly().waitFor();
            }
            engine = null;
        }
    }

    private boolean answers() {
        try (Engine client = new Engine(socket())) {
            client.hasImage(IMAGE);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void importImage() throws IOException, InterruptedException {
        Path root = Files.createDirectories(directory.resolve("image"));
        for (String command : COMMANDS) {
            copy(Path.of(run("sh", "-c", "command -v " + command).strip()), root.resolve("bin/" + command));
            for (String word :
                    run("sh", "-c", "ldd $(command -v " + command + ")").split("\\s+")) {
                if (word.startsWith("/")) {
                    copy(Path.of(word), root.resolve(word.substring(1)));
                }
            }
        }
        run("sh", "-c", "tar -C " + root + " -c . | docker -H unix://" + socket() + " import - " + IMAGE);
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.createDirectories(to.getParent());
            Files.copy(from.toRealPath(), to);
        }
    }

    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    /** The names of all it has. */
    List<String> containers() throws IOException, InterruptedException {
        String names = run("docker", "-H", "unix://" + socket(), "ps", "-a", "--format", "{{.Names}}");
        return names.lines().toList();
    }

    static void pause() throws InterruptedException {
        new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (engine != null && answers()) {
            for (String name : containers()) {
                run("docker", "-H", "unix://" + socket(), "rm", "-f", name);
            }
        }
        end();
        for (String mount : mounts()) {
            run("umount", "-l", mount);
        }
        delete(directory, true);
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            for (Path hierarchy : hierarchies.toList()) {
                delete(hierarchy.resolve(cgroup), false);
            }
        }
        delete(Path.of("/sys/fs/cgroup", cgroup), false);
    }

    private List<String> mounts() throws IOException {
        List<String> mounts = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String where = line.split(" ")[1];
            if (where.startsWith(directory + "/")) {
                mounts.addFirst(where);
            }
        }
        return mounts;
    }

    /** A cgroup's files go with its directory. */
    private static void delete(Path tree, boolean files) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> entries;
        try (Stream<Path> all = Files.walk(tree)) {
            entries = all.filter(each -> files || Files.isDirectory(each))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path entry : entries) {
            Files.delete(entry);
        }
    }
}
