package org.nucleus.conformance.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program in a JVM of its own, told what to do by lines, and heard by lines. */
final class Program implements AutoCloseable {
    private static final long MOST_SECONDS = 120;
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> all = new ArrayList<>();

    Program(String classPath, String main, List<String> arguments) throws IOException {
        List<String> command = command(classPath, main);
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread.ofVirtual().start(this::listen);
    }

    /** How such a program is started. */
    static List<String> command(String classPath, String main) {
        return new ArrayList<>(List.of(
                JAVA,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true",
                "-cp",
                classPath,
                main));
    }

    private void listen() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("its output broke off: " + e);
        }
    }

    void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The program has ended; it said " + all, e);
        }
    }

    /** The next line with that beginning; those before it are passed over. */
    String await(String beginning) throws InterruptedException {
        String line = next(MOST_SECONDS);
        while (line != null && !line.startsWith(beginning)) {
            line = next(MOST_SECONDS);
        }
        if (line == null) {
            throw new AssertionError("It never said '" + beginning + "', but " + all);
        }
        return line;
    }

    /** Whether it says just that before it is silent for a second. */
    boolean says(String wanted) throws InterruptedException {
        String line = next(1);
        while (line != null && !line.equals(wanted)) {
            line = next(1);
        }
        return line != null;
    }

    private @Nullable String next(long mostSeconds) throws InterruptedException {
        String line = lines.poll(mostSeconds, TimeUnit.SECONDS);
        if (line != null) {
            all.add(line);
        }
        return line;
    }

    List<String> saidSoFar() {
        return List.copyOf(all);
    }

    /** What {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The program does not end; it said " + all);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
