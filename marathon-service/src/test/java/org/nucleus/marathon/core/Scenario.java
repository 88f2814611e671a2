package org.nucleus.marathon.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Step;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.marathon.core.state.Settings;
import org.nucleus.marathon.core.state.Snapshot;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Attribute;
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

/** A machine under a clock that stands still between steps; keeps what was stored, so that it can fail over. */
final class Scenario {
    private final Map<AppPath, App> apps = new LinkedHashMap<>();
    private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Deployment> deployments = new LinkedHashMap<>();
    private final Map<AppPath, Change.LaunchDelay> delays = new LinkedHashMap<>();
    private final Map<TimerKey, Instant> alarms = new LinkedHashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private @Nullable String frameworkId;
    private long lastEvent;
    private Marathon marathon = new Marathon(Settings.defaults());
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long token;
    private long offers;

    static Scenario subscribed() {
        Scenario scenario = new Scenario();
        scenario.elect();
        scenario.step(new MarathonInput.Subscribed("framework", "master:5050", null));
        return scenario;
    }

    private void elect() {
        Snapshot stored = new Snapshot(
                Optional.ofNullable(frameworkId),
                List.copyOf(apps.values()),
                List.of(),
                List.copyOf(instances.values()),
                List.copyOf(deployments.values()),
                List.of(),
                delays,
                lastEvent);
        step(new MarathonInput.Elected(42, stored));
    }

    /** Another process takes over from what was stored. */
    void failOver() {
        marathon = new Marathon(Settings.defaults());
        alarms.clear();
        elect();
        step(new MarathonInput.Subscribed("framework", "master:5050", null));
    }

    Step<Change.Durable, Effect> step(MarathonInput input) {
        var step = marathon.step(now, input);
        step.durable().forEach(this::store);
        step.effects().forEach(effect -> {
            if (effect instanceof Effect.Wake(var key, var due)) {
                alarms.put(key, due);
            }
        });
        effects.addAll(step.effects());
        return step;
    }

    /** Lets time pass; alarms ring when they are due. */
    void pass(Duration duration) {
        Instant end = now.plus(duration);
        while (true) {
            var next = alarms.entrySet().stream()
                    .filter(alarm -> !alarm.getValue().isAfter(end))
                    .min(Map.Entry.comparingByValue());
            if (next.isEmpty()) {
                now = end;
                return;
            }
            TimerKey key = next.get().getKey();
            now = next.get().getValue().isAfter(now) ? next.get().getValue() : now;
            alarms.remove(key);
            step(new MarathonInput.TimerFired(key));
        }
    }

    private void store(Change.Durable change) {
        switch (change) {
            case Change.FrameworkIdGiven(var id) -> frameworkId = id;
            case Change.FrameworkIdForgotten() -> frameworkId = null;
            case Change.AppStored(var app) -> apps.put(app.id(), app);
            case Change.AppRemoved(var app, var ignored) -> apps.remove(app);
            case Change.InstanceStored(var instance) -> instances.put(instance.id(), instance);
            case Change.InstanceForgotten(var ignored, var id) -> instances.remove(id);
            case Change.DeploymentStored(var deployment) -> deployments.put(deployment.id(), deployment);
            case Change.DeploymentEnded(var id) -> deployments.remove(id);
            case Change.LaunchDelayed(var app, var delay) -> delays.put(app, delay);
            case Change.LaunchDelayReset(var app) -> delays.remove(app);
            case Change.Told(var id, var ignored) -> lastEvent = id;
            case Change.GroupStored _, Change.GroupRemoved _, Change.TaskFailed _, Change.Audited _ -> {
                // not looked at by these stories
            }
        }
    }

    Answer ask(LongFunction<? extends MarathonInput> question) {
        long asked = ++token;
        return step(question.apply(asked)).effects().stream()
                .flatMap(effect -> effect instanceof Effect.Reply(var to, var answer) && to == asked
                        ? Stream.of(answer)
                        : Stream.empty())
                .findFirst()
                .orElseThrow();
    }

    Answer put(App app) {
        return put(app, false);
    }

    Answer put(App app, boolean force) {
        App before = apps.get(app.id());
        Version basedOn = before == null ? null : before.version();
        return edit(new Edit.PutApp(app, basedOn), force);
    }

    Answer edit(Edit edit, boolean force) {
        return ask(number -> new MarathonInput.Change(number, List.of(edit), force, Origin.MARATHON));
    }

    /** Offers {@code cpus} on each of {@code agents}; their rack is the text before the dash. */
    void offer(double cpus, String... agents) {
        List<Offer> made = new ArrayList<>();
        for (String agent : agents) {
            made.add(Offer.builder()
                    .id(new OfferId("o" + offers++))
                    .frameworkId(new FrameworkId("framework"))
                    .agentId(new AgentId(agent))
                    .hostname(agent)
                    .attributes(List.of(new Attribute(
                            "rack", Value.Type.TEXT, null, null, null, new Value.Text(agent.split("-")[0]))))
                    .resources(List.of(scalar("cpus", cpus), scalar("mem", 4096), scalar("disk", 1000), ports()))
                    .build());
        }
        step(new MarathonInput.Offered(made));
    }

    /** Offers just {@code resources}, which somebody has reserved, on {@code agent}. */
    void offerHolding(List<Resource> resources, String agent) {
        step(new MarathonInput.Offered(List.of(Offer.builder()
                .id(new OfferId("o" + offers++))
                .frameworkId(new FrameworkId("framework"))
                .agentId(new AgentId(agent))
                .hostname(agent)
                .resources(resources)
                .build())));
    }

    static Resource scalar(String name, double value) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .role("*")
                .build();
    }

    private static Resource ports() {
        return Resource.builder()
                .name("ports")
                .type(Value.Type.RANGES)
                .ranges(new Value.Ranges(List.of(new Value.Range(31_000, 31_999))))
                .role("*")
                .build();
    }

    void status(String task, TaskState state) {
        step(new MarathonInput.Updated(TaskStatus.builder()
                .taskId(new TaskId(task))
                .agentId(new AgentId("any"))
                .state(state)
                .uuid(Bytes.of(new byte[] {1}))
                .build()));
    }

    /** Every launched task that isn't running yet says that it is. */
    void allRun() {
        for (Instance instance : instances()) {
            switch (instance.condition()) {
                case PROVISIONED, STAGING, STARTING -> status(instance.taskId(), TaskState.TASK_RUNNING);
                case SCHEDULED, RUNNING, KILLING, UNREACHABLE, UNREACHABLE_INACTIVE -> {
                    // nothing new to say
                }
            }
        }
    }

    /** Every task that was asked to die is dead. */
    void allDie() {
        for (Instance instance : instances()) {
            if (instance.killedAt() != null) {
                status(instance.taskId(), TaskState.TASK_KILLED);
            }
        }
    }

    List<Instance> instances() {
        return List.copyOf(instances.values());
    }

    List<Instance> running() {
        return instances().stream().filter(Instance::isRunning).toList();
    }

    List<Deployment> deployments() {
        return List.copyOf(deployments.values());
    }

    Optional<App> app(String path) {
        return Optional.ofNullable(apps.get(AppPath.of(path)));
    }

    /** The calls since the last look. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        effects.forEach(effect -> {
            if (effect instanceof Effect.SendCall(var call)) {
                calls.add(call);
            }
        });
        effects.clear();
        return calls;
    }

    /** The probes since the last look. */
    List<Effect.RunProbe> probes() {
        List<Effect.RunProbe> probes = new ArrayList<>();
        effects.forEach(effect -> {
            if (effect instanceof Effect.RunProbe probe) {
                probes.add(probe);
            }
        });
        effects.clear();
        return probes;
    }

    static List<TaskInfo> launched(List<Call> calls) {
        return calls.stream()
                .filter(call -> call.accept() != null)
                .flatMap(call -> call.accept().operations().stream())
                .filter(operation -> operation.launch() != null)
                .flatMap(operation -> operation.launch().taskInfos().stream())
                .toList();
    }
}
