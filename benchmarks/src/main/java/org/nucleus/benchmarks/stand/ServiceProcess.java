package org.nucleus.benchmarks.stand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A service in a JVM of its own, started from its executable jar with the options of the deployment. */
public final class ServiceProcess implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;
    private static final int STATE_FIELD = 3;
    private static final int USER_FIELD = 14;
    private static final int SYSTEM_FIELD = 15;
    private static final int CHILDREN_USER_FIELD = 16;
    private static final int CHILDREN_SYSTEM_FIELD = 17;

    private final Process process;

    private ServiceProcess(Process process) {
        this.process = process;
    }

    /** @param log where its output goes */
    public static ServiceProcess start(Path jar, Path log, int heapMegabytes, List<String> flags) throws IOException {
        if (!Files.exists(jar)) {
            throw new IOException(jar + " is not built: run ./nucleus benchmark, or mvn package");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heapMegabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        String more = System.getenv("SERVICE_JAVA_OPTIONS");
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.split(" ")));
        }
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(flags);
        return new ServiceProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** CPU time so far, in seconds, with that of children that were waited for. */
    public double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field : new int[] {USER_FIELD, SYSTEM_FIELD, CHILDREN_USER_FIELD, CHILDREN_SYSTEM_FIELD}) {
            ticks += Long.parseLong(fields[field - STATE_FIELD]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Resident memory now, in MiB. */
    public double residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    /** Ends it with a signal that it can't catch. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
