package org.nucleus.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.HealthCheck;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskGroupInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Value;

/** What a scheduler makes of offers: command tasks, task groups, and tasks for executors of its own. */
final class Orders {
    private static final String SERVICE = "serve";
    private static final String WORK = "work";
    private static final long EXECUTOR_CPUS = 100;
    private static final long EXECUTOR_MEM = 32_000;
    private static final long EXECUTOR_DISK = 1_000;

    private final Lot lot;
    private final String prefix;
    private final SequencedMap<ExecutorInfo, AgentId> executors = new LinkedHashMap<>();
    private final Reserving reserving;
    private int tasks;
    private long cpus;
    private long mem;

    /** @param prefix of all ids, different for each life of a framework */
    Orders(Lot lot, String prefix) {
        this.lot = lot;
        this.prefix = prefix;
        this.reserving = new Reserving(lot, prefix);
    }

    /** Whether it runs until it is killed. */
    static boolean isService(TaskInfo task) {
        return task.name().equals(SERVICE);
    }

    int tasksMade() {
        return tasks;
    }

    /** Operations that launch tasks on offers of one agent: perhaps none, and now and then more than there is room for. */
    List<Offer.Operation> launches(List<Offer> offers) {
        cpus = total(offers, "cpus");
        mem = total(offers, "mem");
        AgentId agent = offers.getFirst().agentId();
        List<Offer.Operation> operations = new ArrayList<>(reserving.of(offers));
        int count = lot.chance(0.2) ? 2 : 1;
        for (int i = 0; i < count; i++) {
            int what = lot.below(10);
            Offer.Operation operation = what < 5 ? commands(agent) : what < 8 ? group(agent) : ofOwnExecutor(agent);
            if (operation != null) {
                operations.add(operation);
            }
        }
        return operations;
    }

    /** The tasks of an operation that launches. */
    static List<TaskInfo> tasksOf(Offer.Operation operation) {
        if (operation.launch() != null) {
            return operation.launch().taskInfos();
        }
        return operation.launchGroup() == null
                ? List.of()
                : operation.launchGroup().taskGroup().tasks();
    }

    private Offer.@Nullable Operation commands(AgentId agent) {
        List<TaskInfo> made = tasks(agent, lot.between(1, 4)).stream()
                .map(task -> checked(task.command(command())))
                .toList();
        return made.isEmpty() ? null : launch(made);
    }

    private Offer.@Nullable Operation group(AgentId agent) {
        ExecutorInfo executor = executor(agent, ExecutorInfo.Type.DEFAULT);
        List<TaskInfo> made = tasks(agent, lot.between(1, 3)).stream()
                .map(task -> checked(task.command(command())))
                .toList();
        if (made.isEmpty()) {
            return null;
        }
        return Offer.Operation.builder()
                .type(Offer.Operation.Type.LAUNCH_GROUP)
                .launchGroup(new Offer.Operation.LaunchGroup(executor, new TaskGroupInfo(made)))
                .build();
    }

    private Offer.@Nullable Operation ofOwnExecutor(AgentId agent) {
        ExecutorInfo executor = executor(agent, ExecutorInfo.Type.CUSTOM);
        boolean together = lot.chance(0.3);
        List<TaskInfo> made = tasks(agent, lot.between(1, 3)).stream()
                .map(task -> (together ? task : task.executor(executor)).build())
                .toList();
        if (made.isEmpty()) {
            return null;
        }
        return together
                ? Offer.Operation.builder()
                        .type(Offer.Operation.Type.LAUNCH_GROUP)
                        .launchGroup(new Offer.Operation.LaunchGroup(executor, new TaskGroupInfo(made)))
                        .build()
                : launch(made);
    }

    private static Offer.Operation launch(List<TaskInfo> tasks) {
        return Offer.Operation.builder()
                .type(Offer.Operation.Type.LAUNCH)
                .launch(new Offer.Operation.Launch(tasks))
                .build();
    }

    /** A new one, or one that was used on this agent before and may be gone by now. */
    private ExecutorInfo executor(AgentId agent, ExecutorInfo.Type type) {
        List<ExecutorInfo> before = executors.entrySet().stream()
                .filter(entry ->
                        entry.getValue().equals(agent) && entry.getKey().type() == type)
                .map(Map.Entry::getKey)
                .toList();
        if (!before.isEmpty() && lot.chance(0.5)) {
            return before.getLast();
        }
        cpus -= EXECUTOR_CPUS;
        mem -= EXECUTOR_MEM;
        ExecutorInfo made = ExecutorInfo.builder()
                .type(type)
                .executorId(new ExecutorId(prefix + ".x" + executors.size()))
                .command(type == ExecutorInfo.Type.CUSTOM ? command() : null)
                .resources(List.of(
                        scalar("cpus", EXECUTOR_CPUS), scalar("mem", EXECUTOR_MEM), scalar("disk", EXECUTOR_DISK)))
                .shutdownGracePeriod(lot.chance(0.3) ? seconds(lot.between(0, 5)) : null)
                .build();
        executors.put(made, agent);
        return made;
    }

    private List<TaskInfo.Builder> tasks(AgentId agent, int most) {
        List<TaskInfo.Builder> made = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            long cpu = lot.oneOf(List.of(100L, 250L, 500L, 1000L, 2000L));
            long memory = lot.between(1, 16) * 32_000L;
            boolean tooMuch = lot.chance(0.02);
            if (tooMuch || cpu <= cpus && memory <= mem) {
                cpus -= tooMuch ? 0 : cpu;
                mem -= tooMuch ? 0 : memory;
                made.add(task(agent, tooMuch ? 1_000_000L : cpu, memory));
            }
        }
        return made;
    }

    private TaskInfo.Builder task(AgentId agent, long cpu, long memory) {
        return TaskInfo.builder()
                .name(lot.chance(0.3) ? SERVICE : WORK)
                .taskId(new TaskId(prefix + "." + tasks++))
                .agentId(agent)
                .resources(List.of(scalar("cpus", cpu), scalar("mem", memory)))
                .killPolicy(killPolicy());
    }

    /** With what the agent looks after itself, since no executor of the framework's own does. */
    private TaskInfo checked(TaskInfo.Builder task) {
        if (lot.chance(0.1)) {
            task.maxCompletionTime(seconds(lot.between(1, 20)));
        }
        if (lot.chance(0.2)) {
            task.healthCheck(HealthCheck.builder()
                    .type(HealthCheck.Type.COMMAND)
                    .command(command())
                    .delaySeconds(lot.between(0, 3))
                    .intervalSeconds(lot.between(2, 15))
                    .timeoutSeconds(5)
                    .consecutiveFailures(lot.between(1, 3))
                    .gracePeriodSeconds(lot.between(0, 10))
                    .build());
        }
        if (lot.chance(0.1)) {
            task.check(CheckInfo.builder()
                    .type(CheckInfo.Type.COMMAND)
                    .command(new CheckInfo.Command(command()))
                    .intervalSeconds(lot.between(2, 15))
                    .build());
        }
        return task.build();
    }

    @Nullable
    KillPolicy killPolicy() {
        return lot.chance(0.3) ? new KillPolicy(seconds(lot.below(8))) : null;
    }

    private static CommandInfo command() {
        return CommandInfo.builder().value("true").build();
    }

    private static DurationInfo seconds(int seconds) {
        return new DurationInfo(seconds * 1_000_000_000L);
    }

    private static Resource scalar(String name, long thousandths) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(Scalar.toDouble(thousandths)))
                .build();
    }

    private static long total(List<Offer> offers, String name) {
        long sum = 0;
        for (Offer offer : offers) {
            for (Resource resource : offer.resources()) {
                Value.Scalar scalar = resource.scalar();
                if (resource.name().equals(name) && scalar != null) {
                    sum += Scalar.thousandthsOf(scalar.value());
                }
            }
        }
        return sum;
    }
}
