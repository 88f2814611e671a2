package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;

/**
 * All that a leading master knows. Rules read it through its tables and change it by recording a {@link Change} in
 * their {@link Frame}; readers elsewhere get a {@link Picture}.
 */
public final class MasterState {
    private final Shares shares = new Shares();
    private final AgentTable agents = new AgentTable(shares);
    private final FrameworkTable frameworks = new FrameworkTable();
    private final TaskTable tasks = new TaskTable();
    private final OfferTable offers = new OfferTable();
    private final OperationTable operations = new OperationTable();
    private final FilterTable filters = new FilterTable();
    private final InverseTable inverse = new InverseTable();
    private final Allocation allocation = new Allocation();
    private Policy policy = Policy.none();
    private @Nullable Term term;
    private boolean recovering;
    private int expected;

    /** This master's time in office. */
    public record Term(long epoch, MasterInfo masterInfo, long seed, Instant since) {}

    public boolean isElected() {
        return term != null;
    }

    public Term term() {
        Term current = term;
        if (current == null) {
            throw new IllegalStateException("not elected");
        }
        return current;
    }

    /** Whether agents known from the registry may still take their time to come back. */
    public boolean isRecovering() {
        return recovering;
    }

    /** How many agents the registry knew as admitted at the election. */
    public int expectedAgents() {
        return expected;
    }

    public AgentTable agents() {
        return agents;
    }

    public FrameworkTable frameworks() {
        return frameworks;
    }

    public TaskTable tasks() {
        return tasks;
    }

    public OfferTable offers() {
        return offers;
    }

    public OperationTable operations() {
        return operations;
    }

    public FilterTable filters() {
        return filters;
    }

    public InverseTable inverse() {
        return inverse;
    }

    public Allocation allocation() {
        return allocation;
    }

    public Shares shares() {
        return shares;
    }

    /** What operators have set. */
    public Policy policy() {
        return policy;
    }

    /** An immutable copy for readers. */
    public Picture picture() {
        if (term == null) {
            return Picture.empty();
        }
        return new Picture(
                term.masterInfo(),
                term.since(),
                agents.all().stream().map(this::picture).toList(),
                List.copyOf(agents.allUnreachable()),
                List.copyOf(agents.allGone()),
                frameworks.all().stream().map(this::picture).toList(),
                frameworks.allCompleted().stream().map(this::pictureOfCompleted).toList(),
                policy,
                filters.countByRole());
    }

    private Picture.AgentPicture picture(Agent agent) {
        List<Picture.RunningExecutor> executors = new ArrayList<>();
        agents.executors(agent.id())
                .forEach((key, executor) ->
                        executors.add(new Picture.RunningExecutor(agent.id(), key.framework(), executor)));
        return new Picture.AgentPicture(
                agent,
                agents.used(agent.id()),
                agents.offered(agent.id()),
                tasksOf(agents.tasks(agent.id())),
                executors,
                inverse.answers(agent.id()),
                policy.order(agent.id()),
                operations.on(agent.id()));
    }

    private Picture.FrameworkPicture picture(Framework framework) {
        FrameworkId id = framework.id();
        List<Offer> outstanding = new ArrayList<>();
        frameworks.offers(id).forEach(offer -> {
            MadeOffer made = offers.get(offer);
            if (made != null) {
                outstanding.add(made.offer());
            }
        });
        return new Picture.FrameworkPicture(
                framework,
                frameworks.used(id),
                frameworks.offered(id),
                tasksOf(frameworks.tasks(id)),
                List.copyOf(frameworks.unreachableTasks(id).values()),
                List.copyOf(frameworks.completedTasks(id).values()),
                outstanding,
                inverse.of(id),
                executorsOf(id),
                frameworks.constraintsAsTold(id));
    }

    private List<Picture.RunningExecutor> executorsOf(FrameworkId id) {
        List<Picture.RunningExecutor> executors = new ArrayList<>();
        for (Map.Entry<AgentId, List<ExecutorInfo>> entry :
                frameworks.room(id).executors.entrySet()) {
            entry.getValue().forEach(each -> executors.add(new Picture.RunningExecutor(entry.getKey(), id, each)));
        }
        return executors;
    }

    private Picture.CompletedFramework pictureOfCompleted(KnownFramework known) {
        FrameworkId id = known.info().id();
        return new Picture.CompletedFramework(
                known,
                id == null
                        ? List.of()
                        : List.copyOf(frameworks.completedTasks(id).values()));
    }

    private List<Task> tasksOf(Iterable<TaskKey> keys) {
        List<Task> list = new ArrayList<>();
        for (TaskKey key : keys) {
            Task task = tasks.get(key);
            if (task != null) {
                list.add(task);
            }
        }
        return list;
    }

    // --- changes ----------------------------------------------------------------------------------------------------

    /** The first change of a machine: what the registry held. */
    void begin(Term begun, RegistrySnapshot snapshot) {
        term = begun;
        policy = snapshot.policy();
        snapshot.agents().forEach(agents::restore);
        snapshot.frameworks().forEach(frameworks::restore);
        snapshot.tasks().forEach(this::restore);
        snapshot.completedTasks()
                .forEach(
                        task -> frameworks.roomFor(task.frameworkId()).completed.put(task.taskId(), task));
        recovering = agents.anyRecovered();
        expected = agents.all().size();
    }

    private void restore(Task task) {
        if (frameworks.get(task.frameworkId()) == null) {
            frameworks.roomFor(task.frameworkId()).completed.put(task.taskId(), task);
        } else if (agents.get(task.agentId()) != null && !isLostFromSight(task.state())) {
            addTask(task);
        } else {
            frameworks.roomFor(task.frameworkId()).unreachable.put(task.taskId(), task);
        }
    }

    /** What {@link Change.TaskUnreachable} leaves behind: it holds nothing until its agent speaks of it. */
    private static boolean isLostFromSight(TaskState state) {
        return state == TaskState.TASK_UNREACHABLE || state == TaskState.TASK_LOST;
    }

    void apply(Change change) {
        switch (change) {
            case Change.Durable durable -> applyDurable(durable);
            case Change.Volatile passing -> applyVolatile(passing);
        }
    }

    private void applyDurable(Change.Durable change) {
        switch (change) {
            case Change.AgentAdmitted(var agent) -> agents.admit(agent);
            case Change.AgentUnreachable(var agent, var at) -> leave(agent, () -> agents.markUnreachable(agent, at));
            case Change.AgentGone(var agent, var at) -> leave(agent, () -> agents.markGone(agent, at));
            case Change.AgentRemoved(var agent, var _) -> leave(agent, () -> agents.remove(agent));
            case Change.AgentForgotten(var agent) -> agents.forget(agent);
            case Change.FrameworkStored(var framework) -> frameworks.store(framework);
            case Change.FrameworkDisconnected(var framework, var at, var deadline) ->
                frameworks.disconnect(framework, at, deadline);
            case Change.FrameworkCompleted(var framework, var at) -> {
                filters.clear(framework);
                inverse.forget(framework);
                shares.forget(framework);
                operations.forget(framework);
                frameworks.complete(framework, at);
            }
            case Change.FrameworkForgotten(var framework) -> frameworks.forget(framework);
            case Change.RolesSuppressed(var framework, var roles) -> frameworks.suppress(framework, roles);
            case Change.Decree decree -> policy = policy.with(decree);
            case Change.TaskAdded(var task) -> addTask(task);
            case Change.TaskMoved(var task) -> moveTask(task);
            case Change.TaskUnreachable(var task) -> {
                removeTask(TaskKey.of(task));
                frameworks.roomFor(task.frameworkId()).unreachable.put(task.taskId(), task);
            }
            case Change.TaskCompleted(var task, var _) -> {
                removeTask(TaskKey.of(task));
                frameworks.roomFor(task.frameworkId()).unreachable.remove(task.taskId());
                frameworks.roomFor(task.frameworkId()).completed.put(task.taskId(), task);
            }
            case Change.TaskForgotten(var framework, var task) -> {
                frameworks.roomFor(framework).unreachable.remove(task);
                frameworks.roomFor(framework).completed.remove(task);
            }
        }
    }

    private void applyVolatile(Change.Volatile change) {
        switch (change) {
            case Change.AgentConnected(var agent, var stream, var address, var at) ->
                agents.connect(agent, stream, address, at);
            case Change.AgentDisconnected(var agent, var at) -> agents.disconnect(agent, at);
            case Change.AgentReshaped(var agent, var total) -> agents.reshape(agent, total);
            case Change.OperationSent() -> operations.count();
            case Change.OperationKept(var operation) -> operations.keep(operation);
            case Change.OperationForgotten(var operation) -> operations.forget(operation);
            case Change.AgentPinged(var agent) -> agents.ping(agent);
            case Change.AgentPonged(var agent) -> agents.pong(agent);
            case Change.RecoveryEnded() -> recovering = false;
            case Change.FrameworkConnected(var framework, var stream, var at) ->
                frameworks.connect(framework, stream, at);
            case Change.FrameworkConstrained(var framework, var constraints, var wanted) ->
                frameworks.constrain(framework, constraints, wanted);
            case Change.ExecutorAdded(var agent, var framework, var executor) ->
                addExecutor(agent, framework, executor);
            case Change.ExecutorRemoved(var agent, var framework, var executor) ->
                removeExecutor(agent, new ExecutorKey(framework, executor));
            case Change.KillRemembered(var agent, var framework, var task, var policy) ->
                agents.roomFor(agent).kills.put(new TaskKey(framework, task), new AgentTable.RememberedKill(policy));
            case Change.OfferMade(var offer, var role, var resources, var at) ->
                makeOffer(new MadeOffer(offer, role, resources, at));
            case Change.OfferSpent(var offer) -> spendOffer(offers.remove(offer));
            case Change.FilterSet set -> filters.set(set);
            case Change.FiltersCleared(var framework, var roles) ->
                roles.forEach(role -> filters.clear(framework, role));
            case Change.FiltersExpired(var at) -> filters.expire(at);
            case Change.InverseOfferMade(var offer) -> {
                offers.skipNumber();
                inverse.add(offer);
            }
            case Change.InverseOfferEnded(var offer) -> inverse.remove(offer);
            case Change.InverseOfferAnswered(var agent, var status, var until) -> inverse.answer(agent, status, until);
            case Change.InverseOffersForgotten(var agent) -> inverse.forget(agent);
            case Change.InverseFiltersCleared(var framework) -> inverse.clearFilters(framework);
            case Change.AllocationWanted(var agent) -> allocation.want(agent);
            case Change.AlarmSet(var key, var due) -> allocation.setAlarm(key, due);
            case Change.AlarmFired(var key) -> allocation.clearAlarm(key);
            case Change.AllocationDone() -> allocation.done();
            case Change.AllocationPostponed() -> allocation.postpone();
            case Change.RemovalScheduled(var next) -> allocation.scheduleRemoval(next);
        }
    }

    /** Takes an agent out; its tasks, executors and offers were taken out before. */
    private void leave(AgentId agent, Runnable out) {
        filters.clear(agent);
        inverse.forget(agent);
        out.run();
    }

    private void addTask(Task task) {
        removeTask(TaskKey.of(task));
        tasks.put(task);
        agents.roomFor(task.agentId()).tasks.add(TaskKey.of(task));
        FrameworkTable.Room room = frameworks.roomFor(task.frameworkId());
        room.tasks.add(TaskKey.of(task));
        room.unreachable.remove(task.taskId());
        room.completed.remove(task.taskId());
        hold(task.agentId(), task.frameworkId(), TaskTable.held(task));
    }

    private void moveTask(Task task) {
        Task before = tasks.put(task);
        if (before == null) {
            throw new IllegalStateException("no task " + TaskKey.of(task));
        }
        if (TaskTable.isTerminal(task.state()) && !TaskTable.isTerminal(before.state())) {
            release(task.agentId(), task.frameworkId(), TaskTable.held(before));
        }
    }

    private void removeTask(TaskKey key) {
        Task task = tasks.remove(key);
        if (task == null) {
            return;
        }
        agents.roomFor(task.agentId()).tasks.remove(key);
        agents.roomFor(task.agentId()).kills.remove(key);
        frameworks.roomFor(key.framework()).tasks.remove(key);
        release(task.agentId(), task.frameworkId(), TaskTable.held(task));
    }

    private void addExecutor(AgentId agent, FrameworkId framework, ExecutorInfo executor) {
        ExecutorKey key = new ExecutorKey(framework, executor.executorId());
        removeExecutor(agent, key);
        agents.roomFor(agent).executors.put(key, executor);
        frameworks.roomFor(framework).addExecutor(agent, executor);
        hold(agent, framework, Resources.of(executor.resources()));
    }

    private void removeExecutor(AgentId agent, ExecutorKey key) {
        ExecutorInfo executor = agents.roomFor(agent).executors.remove(key);
        if (executor != null) {
            frameworks.roomFor(key.framework()).removeExecutor(agent, executor);
            release(agent, key.framework(), Resources.of(executor.resources()));
        }
    }

    private void hold(AgentId agent, FrameworkId framework, Resources resources) {
        agents.roomFor(agent).use(resources);
        frameworks.roomFor(framework).usage.use(agent, resources);
        resources.allocations().forEach((role, part) -> shares.add(framework, role, part, 1));
    }

    private void release(AgentId agent, FrameworkId framework, Resources resources) {
        agents.roomFor(agent).release(resources);
        frameworks.roomFor(framework).usage.release(agent, resources);
        resources.allocations().forEach((role, part) -> shares.add(framework, role, part, -1));
    }

    private void makeOffer(MadeOffer offer) {
        offers.add(offer);
        agents.roomFor(offer.agent()).offers.add(offer.id());
        agents.roomFor(offer.agent()).offer(offer.resources());
        FrameworkTable.Room room = frameworks.roomFor(offer.framework());
        room.offers.add(offer.id());
        room.usage.offer(offer.agent(), offer.resources());
        shares.add(offer.framework(), offer.role(), offer.resources(), 1);
        shares.countAllocation(offer.framework(), offer.role());
    }

    private void spendOffer(MadeOffer offer) {
        agents.roomFor(offer.agent()).offers.remove(offer.id());
        agents.roomFor(offer.agent()).takeBack(offer.resources());
        FrameworkTable.Room room = frameworks.roomFor(offer.framework());
        room.offers.remove(offer.id());
        room.usage.takeBack(offer.agent(), offer.resources());
        shares.add(offer.framework(), offer.role(), offer.resources(), -1);
    }
}
