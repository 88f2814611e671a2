package org.nucleus.conformance.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.conformance.wire.Peer;

/** What the whole run shares: one database server, one directory, and the cluster of the tests that break nothing. */
final class Suite implements AutoCloseable {
    private final Path directory;
    private final Database database;
    private final List<Launcher> launchers = new ArrayList<>();
    private final Thread atExit = Thread.ofPlatform().unstarted(this::abandon);
    private @Nullable Launcher sharing;
    private @Nullable Peer shared;
    private boolean closed;

    Suite() {
        try {
            directory = Files.createTempDirectory("conformance");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
        Path scratch = Path.of(System.getProperty("conformance.scratch", "target"));
        database = new Database(scratch.toAbsolutePath().resolve("cache"), directory);
    }

    /** A cluster of one's own, with an empty database. */
    synchronized Launcher launcher() {
        int number = launchers.size() + 1;
        Launcher launcher = new Launcher(directory.resolve("cluster-" + number), database.create("cluster" + number));
        launchers.add(launcher);
        return launcher;
    }

    /** The master that all share, with its agent. */
    synchronized Peer sharedMaster() {
        if (shared != null) {
            return shared;
        }
        if (sharing != null) {
            throw new IllegalStateException("The shared cluster did not start before, and is not waited for again");
        }
        sharing = launcher();
        ServiceProcess master = sharing.master("--cluster=conformance");
        sharing.agent(master.hostAndPort(), "--executor_environment_variables={\"EVERYWHERE\": \"yes\"}");
        shared = sharing.awaitLeader(1).peer();
        return shared;
    }

    /** Ends everything. */
    @Override
    public synchronized void close() {
        closed = true;
        launchers.forEach(Launcher::close);
        database.close();
        Runtime.getRuntime().removeShutdownHook(atExit);
        deleteDirectory();
    }

    private void abandon() {
        if (!closed) {
            launchers.forEach(Launcher::abandon);
            database.close();
        }
    }

    private void deleteDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }
}
