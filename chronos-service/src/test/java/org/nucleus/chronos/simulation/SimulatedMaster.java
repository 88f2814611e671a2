package org.nucleus.chronos.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.RunKey;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Value;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/**
 * A master and its agents as Chronos sees them: offers are good for one use and one connection; what an agent
 * reports is reported again until it is acknowledged; who is asked about a task of an agent that is away does not
 * answer.
 */
final class SimulatedMaster {
    private static final FrameworkId FRAMEWORK = new FrameworkId("f-0001");
    private static final int AGENTS = 3;

    private final World world;
    private final Random random;
    private final MemoryStore store;
    private final Map<TaskId, Task> tasks = new LinkedHashMap<>();
    private final Map<RunKey, List<TaskId>> startedFor = new LinkedHashMap<>();
    private final Map<OfferId, AgentId> offers =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    private final Map<AgentId, Boolean> present = new LinkedHashMap<>();
    private boolean suppressed;
    private int counter;

    /** A task that an agent has started. */
    private static final class Task {
        private final TaskId id;
        private final AgentId agent;
        private TaskState state = TaskState.TASK_RUNNING;
        private Bytes unacknowledged = Bytes.empty();

        Task(TaskId id, AgentId agent) {
            this.id = id;
            this.agent = agent;
        }

        boolean over() {
            return state != TaskState.TASK_RUNNING;
        }
    }

    SimulatedMaster(World world, Random random, MemoryStore store) {
        this.world = world;
        this.random = random;
        this.store = store;
        for (int i = 0; i < AGENTS; i++) {
            present.put(new AgentId("S" + i), true);
        }
    }

    void subscribed() {
        offers.clear();
        suppressed = false;
        world.toFramework(Event.builder()
                .type(Event.Type.SUBSCRIBED)
                .subscribed(new Event.Subscribed(FRAMEWORK, null, null))
                .build());
        offer();
    }

    void receive(Call call) {
        switch (call.type()) {
            case REVIVE -> {
                suppressed = false;
                offer();
            }
            case SUPPRESS -> suppressed = true;
            case ACCEPT -> accept(call.accept());
            case DECLINE -> call.decline().offerIds().forEach(this::declined);
            case KILL -> kill(call.kill().taskId());
            case ACKNOWLEDGE -> acknowledged(call.acknowledge());
            case RECONCILE -> reconcile(call.reconcile());
            default -> throw new AssertionError("Chronos has no business sending " + call.type());
        }
    }

    /** An agent vanishes; after a while the master gives it up, and later it may come back with its tasks. */
    void loseAgent() {
        AgentId agent = new AgentId("S" + random.nextInt(AGENTS));
        if (!present.get(agent)) {
            return;
        }
        present.put(agent, false);
        offers.values().removeIf(agent::equals);
        boolean givenUp = random.nextBoolean();
        if (givenUp) {
            world.after(
                    75_000,
                    () -> ofAgent(agent, task -> {
                        if (!task.over()) {
                            update(task.id, TaskState.TASK_UNREACHABLE, task.agent, null, Bytes.empty());
                        }
                    }));
        }
        world.after(givenUp ? 90_000 : 20_000, () -> {
            present.put(agent, true);
            ofAgent(agent, task -> {
                if (task.over()) {
                    report(task);
                } else {
                    update(task.id, TaskState.TASK_RUNNING, task.agent, null, Bytes.empty());
                }
            });
            offer();
        });
    }

    /** Those of a run's tasks that were ever started. */
    List<TaskId> startedFor(RunKey run) {
        return startedFor.getOrDefault(run, List.of());
    }

    long alive() {
        return tasks.values().stream().filter(task -> !task.over()).count();
    }

    long unacknowledged() {
        return tasks.values().stream()
                .filter(task -> task.unacknowledged.size() > 0)
                .count();
    }

    private void offer() {
        if (suppressed) {
            return;
        }
        List<Offer> made = new ArrayList<>();
        present.forEach((agent, here) -> {
            if (here && !offers.containsValue(agent)) {
                OfferId id = new OfferId("O" + String.format("%08d", counter++));
                offers.put(id, agent);
                made.add(Offer.builder()
                        .id(id)
                        .frameworkId(FRAMEWORK)
                        .agentId(agent)
                        .hostname("host-" + agent)
                        .resources(List.of(scalar("cpus", 0.25), scalar("mem", 1024), scalar("disk", 4096)))
                        .build());
            }
        });
        if (!made.isEmpty()) {
            world.toFramework(Event.builder()
                    .type(Event.Type.OFFERS)
                    .offers(new Event.Offers(made))
                    .build());
        }
    }

    private void declined(OfferId offer) {
        if (offers.remove(offer) != null) {
            world.after(5_000, this::offer);
        }
    }

    private void accept(Call.Accept accept) {
        AgentId agent = offers.remove(accept.offerIds().getFirst());
        for (TaskInfo info : accept.operations().getFirst().launch().taskInfos()) {
            if (agent == null || !present.get(agent) || random.nextInt(40) == 0) {
                update(
                        info.taskId(),
                        TaskState.TASK_DROPPED,
                        info.agentId(),
                        TaskStatus.Reason.REASON_INVALID_OFFERS,
                        Bytes.empty());
            } else {
                start(info, agent);
            }
        }
        world.after(1_000, this::offer);
    }

    private void start(TaskInfo info, AgentId agent) {
        Run run = store.run(info.taskId())
                .orElseThrow(() -> new AssertionError("launched before it was stored: " + info.taskId()));
        if (tasks.containsKey(info.taskId())) {
            throw new AssertionError("one task id was launched twice: " + info.taskId());
        }
        startedFor.computeIfAbsent(run.key(), _ -> new ArrayList<>()).add(info.taskId());
        if (startedFor.get(run.key()).size() > 1) {
            throw new AssertionError("a run was launched twice: " + run + " as " + startedFor.get(run.key()));
        }
        Task task = new Task(info.taskId(), agent);
        tasks.put(task.id, task);
        update(task.id, TaskState.TASK_RUNNING, agent, null, uuid());
        world.after(200 + random.nextInt(40_000), () -> end(task, ending()));
    }

    private TaskState ending() {
        int draw = random.nextInt(10);
        return draw < 7 ? TaskState.TASK_FINISHED : draw < 9 ? TaskState.TASK_FAILED : TaskState.TASK_LOST;
    }

    private void end(Task task, TaskState state) {
        if (!task.over()) {
            task.state = state;
            task.unacknowledged = uuid();
            report(task);
        }
    }

    /** Tells of the end, and again until it is acknowledged. */
    private void report(Task task) {
        if (task.unacknowledged.size() == 0) {
            return;
        }
        if (present.get(task.agent)) {
            update(task.id, task.state, task.agent, null, task.unacknowledged);
        }
        world.after(10_000, () -> report(task));
    }

    private void acknowledged(Call.Acknowledge acknowledge) {
        Task task = tasks.get(acknowledge.taskId());
        if (task != null && task.unacknowledged.equals(acknowledge.uuid())) {
            Run run = store.runs().stream()
                    .filter(stored -> startedFor(stored.key()).contains(task.id))
                    .findFirst()
                    .orElseThrow();
            boolean awaits = run.progress() instanceof Progress.Reporting;
            if (run.task().equals(task.id) && !run.ended() && !awaits) {
                throw new AssertionError("acknowledged before it was stored: " + run);
            }
            task.unacknowledged = Bytes.empty();
        }
    }

    private void kill(TaskId id) {
        Task task = tasks.get(id);
        if (task == null) {
            update(id, TaskState.TASK_GONE, new AgentId("S0"), TaskStatus.Reason.REASON_RECONCILIATION, Bytes.empty());
        } else {
            end(task, TaskState.TASK_KILLED);
        }
    }

    private void reconcile(Call.Reconcile reconcile) {
        if (reconcile.tasks().isEmpty()) {
            tasks.values().forEach(this::answer);
        }
        for (Call.Reconcile.Task asked : reconcile.tasks()) {
            Task task = tasks.get(asked.taskId());
            if (task != null) {
                answer(task);
            } else if (present.get(asked.agentId())) {
                update(
                        asked.taskId(),
                        TaskState.TASK_GONE,
                        asked.agentId(),
                        TaskStatus.Reason.REASON_RECONCILIATION,
                        Bytes.empty());
            }
        }
    }

    private void answer(Task task) {
        boolean forgotten = task.over() && task.unacknowledged.size() == 0;
        if (present.get(task.agent) && !forgotten) {
            update(task.id, task.state, task.agent, TaskStatus.Reason.REASON_RECONCILIATION, Bytes.empty());
        }
    }

    private void ofAgent(AgentId agent, Consumer<Task> each) {
        new ArrayList<>(tasks.values())
                .stream().filter(task -> task.agent.equals(agent)).forEach(each);
    }

    private void update(TaskId id, TaskState state, AgentId agent, TaskStatus.Reason reason, Bytes uuid) {
        TaskStatus status = TaskStatus.builder()
                .taskId(id)
                .state(state)
                .agentId(agent)
                .reason(reason)
                .uuid(uuid.size() == 0 ? null : uuid)
                .build();
        world.toFramework(Event.builder()
                .type(Event.Type.UPDATE)
                .update(new Event.Update(status))
                .build());
    }

    private Bytes uuid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private static Resource scalar(String name, double value) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .build();
    }
}
