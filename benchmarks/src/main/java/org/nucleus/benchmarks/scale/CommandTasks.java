package org.nucleus.benchmarks.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.nucleus.benchmarks.lifecycle.ForkExecLimit;
import org.nucleus.benchmarks.stand.Arguments;
import org.nucleus.benchmarks.stand.Report;
import org.nucleus.benchmarks.stand.Stand;
import org.nucleus.benchmarks.swarm.SimulatedFramework;
import org.nucleus.benchmarks.swarm.Waiting;
import org.nucleus.resources.Resources;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/**
 * Real processes on one real agent: command tasks per second from one ACCEPT to the last TASK_FINISHED acknowledged, and
 * with one task at a time the way from ACCEPT to the task's own first instruction, by its own clock ({@code date +%s%N}
 * as the task), and to TASK_RUNNING.
 */
public final class CommandTasks implements SimulatedFramework.Behaviour {
    private static final Duration MOST = Duration.ofMinutes(3);
    private static final Duration WRITTEN_MOST = Duration.ofSeconds(5);
    private static final double CPUS = 0.01;
    private static final double MEM = 1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<OfferId, Offer> held = new LinkedHashMap<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Map<TaskId, Instant> running = new ConcurrentHashMap<>();

    private CommandTasks() {}

    /** Arguments: isolation, tasks (of a round), rounds, single (tasks one at a time), agent (more flags of it). */
    public static void run(Arguments arguments) throws Exception {
        new CommandTasks().measure(arguments);
    }

    private void measure(Arguments arguments) throws Exception {
        int count = arguments.number("tasks", 600);
        String isolation = arguments.text("isolation", "posix/cpu,posix/mem");
        try (Stand stand = new Stand()) {
            Stand.Master master = stand.master("--offer_timeout=1hrs");
            Stand.Agent agent = stand.agent(
                    master, "--isolation=" + isolation, "--resources=cpus:64;mem:16384;disk:10000;ports:[]");
            try (SimulatedFramework framework = new SimulatedFramework(
                            master.address(), Frameworks.named("tasks", "role"), this)
                    .awaitSubscribed(MOST)) {
                batch(framework, 300);
                Report.row("isolation", isolation);
                throughput(framework, new Measured(master, agent), arguments.number("rounds", 5), count);
                oneAtATime(framework, agent, arguments.number("single", 100));
                Frameworks.checkUntroubled(List.of(framework));
            }
        }
    }

    private record Measured(Stand.Master master, Stand.Agent agent) {}

    private void throughput(SimulatedFramework framework, Measured measured, int rounds, int count) throws Exception {
        List<Double> rates = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        double masterCpu = 0;
        double agentCpu = 0;
        for (int round = 0; round < rounds; round++) {
            limits.add(ForkExecLimit.measure(2, Duration.ofSeconds(1)));
            double master = measured.master().process().cpuSeconds();
            double agent = measured.agent().process().cpuSeconds();
            rates.add(count / batch(framework, count));
            masterCpu += measured.master().process().cpuSeconds() - master;
            agentCpu += measured.agent().process().cpuSeconds() - agent;
        }
        Report.distribution("tasks_per_second", rates);
        Report.distribution("fork_exec_alone_per_second", limits);
        Report.row("master_cpu_ms_per_task", masterCpu * 1e3 / (rounds * count));
        Report.row("agent_cpu_ms_per_task_with_its_processes", agentCpu * 1e3 / (rounds * count));
    }

    private void oneAtATime(SimulatedFramework framework, Stand.Agent agent, int count) throws IOException {
        List<Double> toStart = new ArrayList<>();
        List<Double> toRunning = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Offer offer = offer();
            List<TaskInfo> one = tasks(framework, offer, 1, command("/bin/date", "date", "+%s%N"));
            TaskId id = one.getFirst().taskId();
            unfinished.set(1);
            Instant accepted = Instant.now();
            framework.accept(offer, one);
            awaitEnd();
            Instant heard = running.remove(id);
            if (heard != null) {
                toRunning.add(millis(accepted, heard));
            }
            toStart.add(millis(accepted, stamp(agent.workDirectory(), id)));
        }
        Report.distribution("accept_to_first_instruction_ms", toStart);
        Report.distribution("accept_to_running_ms", toRunning);
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    /** What the task wrote, which may get to its file a moment after its end was told. */
    private static Instant stamp(Path work, TaskId task) throws IOException {
        List<String> written = new ArrayList<>();
        boolean found = Waiting.until(
                () -> {
                    written.clear();
                    written.addAll(outputs(work, task));
                    return !written.isEmpty();
                },
                WRITTEN_MOST);
        if (!found) {
            throw new IOException("Task " + task.value() + " wrote nothing");
        }
        return Instant.ofEpochSecond(0, Long.parseLong(written.getFirst()));
    }

    private static List<String> outputs(Path work, TaskId task) {
        Path end = Path.of("executors", task.value(), "runs", "latest", "stdout");
        try (Stream<Path> directories =
                Files.find(work.resolve("slaves"), 3, (path, _) -> Files.exists(path.resolve(end)))) {
            List<String> outputs = new ArrayList<>();
            for (Path directory : directories.toList()) {
                String text = Files.readString(directory.resolve(end)).strip();
                if (!text.isEmpty()) {
                    outputs.add(text);
                }
            }
            return outputs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds until {@code count} tasks of {@code sh -c true} have ended. */
    private double batch(SimulatedFramework framework, int count) {
        Offer offer = offer();
        List<TaskInfo> tasks = tasks(
                framework, offer, count, CommandInfo.builder().value("true").build());
        unfinished.set(count);
        long begin = System.nanoTime();
        framework.accept(offer, tasks);
        awaitEnd();
        if (failed.get() > 0) {
            throw new IllegalStateException(failed.get() + " tasks did not finish");
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static List<TaskInfo> tasks(SimulatedFramework framework, Offer offer, int count, CommandInfo command) {
        return framework.tasks(offer, count, CPUS, MEM).stream()
                .map(task -> task.toBuilder().command(command).build())
                .toList();
    }

    private static CommandInfo command(String program, String... arguments) {
        return CommandInfo.builder()
                .shell(false)
                .value(program)
                .arguments(List.of(arguments))
                .build();
    }

    private void awaitEnd() {
        if (!Waiting.until(() -> unfinished.get() == 0, MOST)) {
            throw new IllegalStateException(unfinished.get() + " tasks have not ended");
        }
    }

    /** The largest that is held: what single tasks have freed is offered in small pieces. */
    private Offer offer() {
        if (!Waiting.until(() -> !held.isEmpty(), MOST)) {
            throw new IllegalStateException("Nothing was offered");
        }
        lock.lock();
        try {
            Offer largest = Collections.max(held.values(), Comparator.comparingLong(CommandTasks::cpus));
            held.remove(largest.id());
            return largest;
        } finally {
            lock.unlock();
        }
    }

    private static long cpus(Offer offer) {
        return Resources.of(offer.resources()).thousandths("cpus");
    }

    @Override
    public void offered(SimulatedFramework framework, List<Offer> offers) {
        lock.lock();
        try {
            offers.forEach(offer -> held.put(offer.id(), offer));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void updated(SimulatedFramework framework, TaskStatus status) {
        if (status.state() == TaskState.TASK_RUNNING) {
            running.put(status.taskId(), Instant.now());
        } else if (status.state() != TaskState.TASK_STARTING) {
            if (status.state() != TaskState.TASK_FINISHED && failed.getAndIncrement() == 0) {
                System.err.println(status);
            }
            unfinished.decrementAndGet();
        }
    }
}
