package org.nucleus.conformance.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.nucleus.conformance.wire.Peer;

/** A master or an agent in a process of its own, which can be ended in every way and started again as it was. */
public final class ServiceProcess {
    private static final long UNTIL_KILLED_SECONDS = 20;

    private final List<String> command;
    private final Path log;
    private final int port;
    private Process process;

    ServiceProcess(List<String> command, Path log, int port) {
        this.command = List.copyOf(command);
        this.log = log;
        this.port = port;
        this.process = begin();
    }

    private Process begin() {
        try {
            return new ProcessBuilder(command)
                    .directory(log.getParent().toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }

    public int port() {
        return port;
    }

    public String hostAndPort() {
        return "127.0.0.1:" + port;
    }

    public Peer peer() {
        return new Peer(URI.create("http://" + hostAndPort()), Optional.empty());
    }

    /** Starts it again with the same flags. */
    public void startAgain() {
        process = begin();
    }

    /** What {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What {@code kill} does; returns when it has ended. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** It neither answers nor ends: what a partition looks like to its peers. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    public void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            kill.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended; kills it if that takes too long. */
    public void awaitEnd() {
        try {
            if (!process.waitFor(UNTIL_KILLED_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** What it has logged, for a failure's message. */
    public String log() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 4000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
