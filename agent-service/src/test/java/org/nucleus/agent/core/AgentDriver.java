package org.nucleus.agent.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentSettings;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.Remembered;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.machine.Step;
import org.nucleus.resources.ResourceParser;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;

/** An agent under manual time: inputs go in, alarms fire when time is moved past them, what comes out is kept. */
final class AgentDriver {
    static final FrameworkId FRAMEWORK = new FrameworkId("F");
    static final AgentId AGENT = new AgentId("m-S0");
    static final long EPOCH = 7;

    final Remembered journal = new Remembered();
    final List<Effect> effects = new ArrayList<>();
    final Map<TimerKey, Instant> alarms = new LinkedHashMap<>();
    FrameworkInfo framework = framework(List.of());
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Agent agent = new Agent();

    static FrameworkInfo framework(List<FrameworkInfo.Capability> capabilities) {
        return FrameworkInfo.builder()
                .user("nobody")
                .name("test")
                .id(FRAMEWORK)
                .capabilities(capabilities)
                .build();
    }

    static AgentSettings settings(boolean cleanup) {
        return settings(cleanup, "cpus:4;mem:4096;disk:1000");
    }

    static AgentSettings settings(boolean cleanup, String resources) {
        return new AgentSettings(
                new AgentInfo("h1", 5051, ResourceParser.parse(resources, "*").toList(), List.of(), null, null),
                "1.11.0",
                List.of(),
                "10.0.0.1",
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                cleanup);
    }

    /** A fresh agent, started and registered. */
    static AgentDriver registered() {
        AgentDriver driver = new AgentDriver();
        driver.start(List.of());
        driver.register();
        driver.effects.clear();
        return driver;
    }

    void start(List<FoundContainer> found) {
        step(new AgentInput.Started(settings(false), 42, journal.asChanges(), found));
    }

    /** The process is replaced: what is not durable is gone. */
    void restart(List<FoundContainer> found) {
        agent = new Agent();
        alarms.clear();
        effects.clear();
        start(found);
    }

    void register() {
        step(new AgentInput.LeaderDetected());
        pass(Duration.ofSeconds(1));
        event(AgentEvent.subscribed(EPOCH, new AgentEvent.Subscribed(AGENT, 75)));
    }

    AgentState state() {
        return agent.state();
    }

    Step<Change.Durable, Effect> step(AgentInput input) {
        Step<Change.Durable, Effect> step = agent.step(now, input);
        step.durable().forEach(journal::apply);
        for (Effect effect : step.effects()) {
            effects.add(effect);
            switch (effect) {
                case Effect.Wake(var key, var due) -> alarms.put(key, due);
                case Effect.CancelWake(var key) -> alarms.remove(key);
                default -> {}
            }
        }
        return step;
    }

    Step<Change.Durable, Effect> event(AgentEvent event) {
        return step(new AgentInput.EventReceived(agent.state().lastLink(), event));
    }

    /** Moves time, firing what comes due on the way in its order. */
    void pass(Duration duration) {
        Instant until = now.plus(duration);
        while (true) {
            var next = alarms.entrySet().stream()
                    .filter(alarm -> !alarm.getValue().isAfter(until))
                    .min(Map.Entry.comparingByValue());
            if (next.isEmpty()) {
                now = until;
                return;
            }
            TimerKey key = next.get().getKey();
            now = next.get().getValue().isAfter(now) ? next.get().getValue() : now;
            alarms.remove(key);
            step(new AgentInput.TimerFired(key));
        }
    }

    ContainerId run(String task) {
        return run(task(task).build());
    }

    ContainerId run(TaskInfo task) {
        event(AgentEvent.runTask(EPOCH, new AgentEvent.RunTask(framework, task)));
        return container(task.taskId().value());
    }

    ContainerId runAndStart(String task) {
        ContainerId container = run(task);
        step(new AgentInput.ContainerStarted(container));
        return container;
    }

    ContainerId container(String task) {
        return state().run(key(task)).orElseThrow().container();
    }

    void end(ContainerId container, Ending ending) {
        step(new AgentInput.ContainerEnded(container, ending));
    }

    void kill(String task, Duration grace) {
        KillPolicy policy = grace.isNegative() ? null : new KillPolicy(new DurationInfo(grace.toNanos()));
        event(AgentEvent.killTask(EPOCH, new AgentEvent.KillTask(FRAMEWORK, new TaskId(task), policy)));
    }

    /** Acknowledges updates until none is in flight, and answers with their statuses. */
    List<TaskStatus> acknowledgeAll(String task) {
        List<TaskStatus> acknowledged = new ArrayList<>();
        while (state().stream(key(task)).isPresent()) {
            TaskStatus head = state().stream(key(task)).get().pending().getFirst();
            acknowledged.add(head);
            acknowledge(task, head.uuid());
        }
        return acknowledged;
    }

    void acknowledge(String task, Bytes uuid) {
        event(AgentEvent.acknowledged(EPOCH, new AgentEvent.Acknowledged(FRAMEWORK, new TaskId(task), uuid)));
    }

    List<AgentCall> calls(AgentCall.Type type) {
        return effects.stream()
                .filter(Effect.SendCall.class::isInstance)
                .map(effect -> ((Effect.SendCall) effect).call())
                .filter(call -> call.type() == type)
                .toList();
    }

    List<Effect.Signal> signals(ContainerId container) {
        return effects.stream()
                .filter(Effect.SignalContainer.class::isInstance)
                .map(Effect.SignalContainer.class::cast)
                .filter(effect -> effect.container().equals(container))
                .map(Effect.SignalContainer::signal)
                .toList();
    }

    <T extends Effect> List<T> effects(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static TaskInfo.Builder task(String id) {
        return TaskInfo.builder()
                .name(id)
                .taskId(new TaskId(id))
                .agentId(AGENT)
                .command(CommandInfo.builder().value("sleep 1000").build());
    }

    static TaskKey key(String task) {
        return TaskKey.of("F", task);
    }
}
