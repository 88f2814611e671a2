package org.nucleus.marathon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;

/** A master with agents: offers, starts, kills, reconciles. Tasks fail and agents vanish when the world says so. */
final class SimulatedMaster {

    private static final int OFFER_SECONDS = 10;

    private final World world;
    private final Random random;
    private final List<SimulatedAgent> agents = new ArrayList<>();
    private final Set<String> away = new LinkedHashSet<>();
    private final Map<String, SimulatedAgent> offers = new LinkedHashMap<>();
    private final Map<String, Instant> offeredAt = new LinkedHashMap<>();
    private final Map<String, Instant> refused = new LinkedHashMap<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Set<String> launchedEver = new LinkedHashSet<>();
    private boolean suppressed;
    private long made;

    private record Task(String id, SimulatedAgent agent, boolean running) {}

    SimulatedMaster(World world, Random random) {
        this.world = world;
        this.random = random;
        for (int i = 0; i < Definitions.AGENTS; i++) {
            agents.add(new SimulatedAgent("agent-" + i, "r" + i % 2));
        }
    }

    Set<String> alive() {
        return tasks.keySet();
    }

    /** Instances that hold reservations somewhere. */
    Set<String> reservations() {
        Set<String> all = new LinkedHashSet<>();
        agents.forEach(agent -> all.addAll(agent.reservations()));
        return all;
    }

    boolean isRunning(String task) {
        Task known = tasks.get(task);
        return known != null && known.running() && !away.contains(known.agent().id());
    }

    void subscribed() {
        offers.clear();
        suppressed = false;
        refused.clear();
        world.toFramework(new MarathonInput.Subscribed("framework", "master:5050", null));
    }

    /** Called every second. */
    void allocate() {
        if (suppressed) {
            return;
        }
        rescind();
        List<Offer> batch = new ArrayList<>();
        for (SimulatedAgent agent : agents) {
            boolean waits = world.now().isBefore(refused.getOrDefault(agent.id(), Instant.MIN));
            if (!waits && !away.contains(agent.id()) && !offers.containsValue(agent)) {
                OfferId id = new OfferId("O" + made++);
                offers.put(id.value(), agent);
                offeredAt.put(id.value(), world.now());
                batch.add(agent.offer(id));
            }
        }
        if (!batch.isEmpty()) {
            world.toFramework(new MarathonInput.Offered(batch));
        }
    }

    /** An offer whose answer was lost is taken back. */
    private void rescind() {
        offeredAt.entrySet().removeIf(offered -> {
            boolean old = offered.getValue().plusSeconds(OFFER_SECONDS).isBefore(world.now());
            if (old) {
                offers.remove(offered.getKey());
            }
            return old;
        });
    }

    void receive(Call call) {
        switch (Objects.requireNonNull(call.type())) {
            case ACCEPT -> accept(call.accept());
            case DECLINE ->
                call.decline()
                        .offerIds()
                        .forEach(id -> refuse(id, call.decline().filters().refuseSeconds()));
            case KILL -> kill(call.kill().taskId().value());
            case RECONCILE -> reconcile(call.reconcile());
            case REVIVE -> {
                suppressed = false;
                refused.clear();
            }
            case SUPPRESS -> suppressed = true;
            case ACKNOWLEDGE -> {
                // updates are told until the next reconciliation
            }
            default -> throw new AssertionError("Marathon has no business calling " + call.type());
        }
    }

    private void refuse(OfferId id, double seconds) {
        SimulatedAgent agent = offers.remove(id.value());
        if (agent != null) {
            refused.put(agent.id(), world.now().plusMillis((long) (seconds * 1000)));
        }
    }

    private void accept(Call.Accept accept) {
        String id = accept.offerIds().getFirst().value();
        SimulatedAgent agent = offers.remove(id);
        if (agent == null || away.contains(agent.id())) {
            accept.operations().forEach(operation -> infos(operation).forEach(this::dropped));
            return;
        }
        for (Offer.Operation operation : accept.operations()) {
            switch (Objects.requireNonNull(operation.type())) {
                case RESERVE -> agent.reserve(operation.reserve().resources());
                case CREATE -> agent.create(operation.create().volumes());
                case DESTROY -> agent.destroy(operation.destroy().volumes());
                case UNRESERVE -> agent.unreserve(operation.unreserve().resources());
                case LAUNCH -> operation.launch().taskInfos().forEach(task -> launch(task, agent));
                case LAUNCH_GROUP -> {
                    List<TaskInfo> group = operation.launchGroup().taskGroup().tasks();
                    agent.take(
                            "executor of " + group.getFirst().taskId().value(),
                            operation.launchGroup().executor().resources());
                    group.forEach(task -> launch(task, agent));
                }
                default -> throw new AssertionError("not an operation of Marathon's: " + operation.type());
            }
        }
    }

    private static List<TaskInfo> infos(Offer.Operation operation) {
        if (operation.launch() != null) {
            return operation.launch().taskInfos();
        }
        return operation.launchGroup() == null
                ? List.of()
                : operation.launchGroup().taskGroup().tasks();
    }

    private void dropped(TaskInfo task) {
        tell(task.taskId().value(), task.agentId().value(), TaskState.TASK_DROPPED);
    }

    private void launch(TaskInfo info, SimulatedAgent agent) {
        String id = info.taskId().value();
        assertThat(launchedEver.add(id)).as("launched twice: %s", id).isTrue();
        assertThat(world.store().instance(InstanceId.ofTask(id)))
                .as("launched before it was stored: %s", id)
                .isPresent();
        agent.take(id, info.resources());
        tasks.put(id, new Task(id, agent, false));
        world.after(50 + random.nextInt(500), () -> begin(id));
    }

    private void begin(String id) {
        Task task = tasks.get(id);
        if (task == null) {
            return;
        }
        if (world.chance(15)) {
            end(id, TaskState.TASK_FAILED);
            return;
        }
        tasks.put(id, new Task(id, task.agent(), true));
        if (!away.contains(task.agent().id())) {
            tell(id, task.agent().id(), TaskState.TASK_RUNNING);
        }
    }

    /** A running task fails by itself. */
    void failOne() {
        List<String> running =
                tasks.values().stream().filter(Task::running).map(Task::id).toList();
        if (!running.isEmpty()) {
            end(running.get(random.nextInt(running.size())), TaskState.TASK_FAILED);
        }
    }

    private void end(String id, TaskState state) {
        Task task = tasks.remove(id);
        if (task == null) {
            return;
        }
        task.agent().giveBack(id);
        InstanceId pod = InstanceId.ofTask(id);
        boolean last = tasks.keySet().stream()
                .noneMatch(other -> InstanceId.ofTask(other).equals(pod));
        if (last) {
            task.agent().giveBackExecutors(pod.value());
        }
        if (!away.contains(task.agent().id())) {
            tell(id, task.agent().id(), state);
        }
    }

    private void kill(String id) {
        Task task = tasks.get(id);
        if (task == null) {
            tell(id, "unknown", TaskState.TASK_GONE);
        } else if (!away.contains(task.agent().id())) {
            world.after(50 + random.nextInt(2_000), () -> end(id, TaskState.TASK_KILLED));
        }
    }

    private void reconcile(Call.Reconcile reconcile) {
        if (reconcile.tasks().isEmpty()) {
            tasks.values().forEach(task -> tellState(task.id(), task.agent().id()));
        }
        reconcile
                .tasks()
                .forEach(task -> tellState(
                        task.taskId().value(),
                        task.agentId() == null ? "" : task.agentId().value()));
    }

    private void tellState(String id, String agent) {
        Task task = tasks.get(id);
        if (away.contains(agent)) {
            tell(id, agent, TaskState.TASK_UNREACHABLE);
        } else if (task == null) {
            tell(id, agent, TaskState.TASK_GONE);
        } else {
            tell(id, agent, task.running() ? TaskState.TASK_RUNNING : TaskState.TASK_STAGING);
        }
    }

    void loseAgent() {
        SimulatedAgent agent = agents.get(random.nextInt(Definitions.AGENTS));
        if (!away.add(agent.id())) {
            return;
        }
        offers.values().removeIf(agent::equals);
        of(agent).forEach(task -> tell(task.id(), agent.id(), TaskState.TASK_UNREACHABLE));
        world.after(5_000 + random.nextInt(60_000), () -> comeBack(agent));
    }

    private void comeBack(SimulatedAgent agent) {
        away.remove(agent.id());
        of(agent).forEach(task -> tellState(task.id(), agent.id()));
    }

    private List<Task> of(SimulatedAgent agent) {
        return tasks.values().stream()
                .filter(task -> task.agent().equals(agent))
                .toList();
    }

    private void tell(String task, String agent, TaskState state) {
        world.toFramework(new MarathonInput.Updated(TaskStatus.builder()
                .taskId(new TaskId(task))
                .agentId(new AgentId(agent))
                .state(state)
                .build()));
    }
}
