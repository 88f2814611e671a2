package org.nucleus.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Picture;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;

/** What has to come about once nothing goes wrong any more, said as what is still open. */
final class Settlement {
    private static final Comparator<ExecutorKey> BY_NAME = Comparator.comparing(ExecutorKey::toString);

    private final Masters masters;
    private final List<AgentHost> agents;
    private final List<Scheduler> schedulers;
    private final Operators operators;

    Settlement(Masters masters, List<AgentHost> agents, List<Scheduler> schedulers, Operators operators) {
        this.operators = operators;
        this.masters = masters;
        this.agents = agents;
        this.schedulers = schedulers;
    }

    /** What has not settled yet. */
    List<String> open() {
        if (!masters.isSettled()) {
            return List.of("no settled leader");
        }
        List<String> open = new ArrayList<>();
        if (operators.tidy()) {
            open.add("orders of operators stand");
        }
        Picture picture = masters.picture();
        agents.forEach(agent -> lookAtAgent(agent, picture, open));
        schedulers.forEach(scheduler -> lookAtScheduler(scheduler, picture, open));
        return open;
    }

    /** What is left although all frameworks have ended: nothing may be. */
    List<String> left() {
        List<String> left = new ArrayList<>();
        Picture picture = masters.picture();
        for (Picture.FrameworkPicture framework : picture.frameworks()) {
            if (isCurrent(framework.framework().id())) {
                left.add(framework.framework().id() + " has not ended");
            }
        }
        for (Picture.AgentPicture agent : picture.agents()) {
            if (!agent.used().isEmpty() || !agent.offered().isEmpty()) {
                left.add(agent.agent().id() + " has " + agent.used() + " in use and " + agent.offered() + " offered");
            }
        }
        for (AgentHost host : agents) {
            if (!host.containers().living().isEmpty()) {
                left.add(host + " has containers " + host.containers().living());
            }
            host.state().ifPresent(state -> {
                if (!state.runs().isEmpty()
                        || !state.executors().isEmpty()
                        || !state.streams().isEmpty()) {
                    left.add(host + " has " + state.runs().keySet()
                            + state.executors().keySet() + state.streams().keySet());
                }
            });
        }
        return left;
    }

    /** It is registered, the master knows of it what it knows itself, and only its tasks' containers live on it. */
    private void lookAtAgent(AgentHost host, Picture picture, List<String> open) {
        AgentState state = host.state().orElse(null);
        AgentId id = state == null ? null : state.agentId().orElse(null);
        if (state == null || id == null || !(state.link() instanceof Link.Registered)) {
            open.add(host + " is not registered");
            return;
        }
        Picture.AgentPicture known = picture.agents().stream()
                .filter(each -> each.agent().id().equals(id))
                .findFirst()
                .orElse(null);
        if (known == null || !(known.agent().link() instanceof Agent.Link.Connected)) {
            open.add(host + " is not connected for the master");
            return;
        }
        if (state.total().filter(known.agent().total()::equals).isEmpty()) {
            open.add(host + " has " + state.total() + ", the master believes "
                    + known.agent().total());
        }
        if (!state.operations().isEmpty()) {
            open.add(host + " has unacknowledged operations "
                    + state.operations().keySet());
        }
        SequencedMap<TaskKey, TaskState> mine = new LinkedHashMap<>();
        for (TaskRun run : state.runs().values()) {
            mine.put(run.key(), run.state());
        }
        SequencedMap<TaskKey, TaskState> masters = new LinkedHashMap<>();
        for (Task task : known.tasks()) {
            masters.put(new TaskKey(task.frameworkId(), task.taskId()), task.state());
        }
        if (!mine.equals(masters)) {
            open.add(host + " runs " + mine + ", the master believes " + masters);
        }
        if (!state.streams().isEmpty()) {
            open.add(host + " has unacknowledged updates " + state.streams().keySet());
        }
        List<ContainerId> living = host.containers().living();
        state.runs().values().forEach(run -> living.remove(run.container()));
        state.executors().values().forEach(executor -> living.remove(executor.container()));
        if (!living.isEmpty()) {
            open.add(host + " has containers that nobody owns: " + living);
        }
        lookAtExecutors(host, state, known, open);
        for (TaskKey alive : host.containers().alive()) {
            if (state.run(alive).filter(run -> !run.ended()).isEmpty()) {
                open.add(host + " has a container of a task that is not there: " + alive);
            }
            if (!isCurrent(alive.framework())) {
                open.add(host + " has a container of a framework that is gone: " + alive);
            }
        }
    }

    /** Master and agent agree on the executors, which are of current frameworks, and on what is reserved. */
    private void lookAtExecutors(AgentHost host, AgentState state, Picture.AgentPicture known, List<String> open) {
        List<ExecutorKey> mine =
                state.executors().keySet().stream().sorted(BY_NAME).toList();
        List<ExecutorKey> masters = known.executors().stream()
                .map(each -> new ExecutorKey(each.framework(), each.executor().executorId()))
                .sorted(BY_NAME)
                .toList();
        if (!mine.equals(masters)) {
            open.add(host + " has executors " + mine + ", the master believes " + masters);
        }
        for (ExecutorKey executor : mine) {
            if (!isCurrent(executor.framework())) {
                open.add(host + " has an executor of a framework that is gone: " + executor);
            }
        }
        if (!host.probesAreOf(state)) {
            open.add(host + " asks tasks that have ended");
        }
    }

    private boolean isCurrent(FrameworkId id) {
        return schedulers.stream().anyMatch(each -> each.life().id().equals(Optional.of(id)));
    }

    /** It is subscribed, was offered something, and knows of each of its tasks how it is. */
    private void lookAtScheduler(Scheduler scheduler, Picture picture, List<String> open) {
        FrameworkId id = scheduler.life().id().orElse(null);
        boolean known = picture.frameworks().stream()
                .anyMatch(each ->
                        each.framework().id().equals(id) && each.framework().isConnected());
        if (!scheduler.isSubscribed() || id == null || !known) {
            open.add(scheduler + " is not subscribed");
            return;
        }
        if (!scheduler.moves().wasOfferedInCalm()) {
            open.add(scheduler + " was offered nothing");
        }
        for (Book.Entry entry : scheduler.life().book().all()) {
            TaskState truth = run(new TaskKey(id, entry.id()))
                    .filter(run -> !run.ended())
                    .map(TaskRun::state)
                    .orElse(null);
            boolean alive = truth != null;
            boolean over = entry.hasEnded() || entry.isLost();
            if (alive == over || alive && truth != entry.state()) {
                open.add(scheduler + " believes " + entry + ", in truth it is " + (alive ? truth : "over"));
            }
            if (entry.isKillWanted() && alive) {
                open.add(scheduler + " has killed " + entry + ", which lives");
            }
        }
    }

    private Optional<TaskRun> run(TaskKey key) {
        return agents.stream()
                .flatMap(agent -> agent.state().stream())
                .flatMap(state -> state.run(key).stream())
                .findFirst();
    }
}
