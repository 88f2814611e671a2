package org.nucleus.master.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Grants;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.resources.ResourceParser;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.Filters;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/**
 * Understands the lines of scenarios and gives the machine what they say. Agents are named by their host, frameworks by
 * their name; their ids and streams are found in what the machine answers.
 */
final class Player {
    private static final Caller ANYBODY = new Caller(null, Grants.all());
    private static final List<AgentInfo.Capability> CAPABILITIES =
            List.of(new AgentInfo.Capability(AgentInfo.Capability.Type.AGENT_DRAINING));

    private final World world;
    private final Map<String, StreamId> streams = new LinkedHashMap<>();
    private final Map<String, AgentId> agents = new LinkedHashMap<>();
    private final Map<String, FrameworkId> frameworks = new LinkedHashMap<>();
    private long number;

    Player(World world) {
        this.world = world;
    }

    List<String> play(String line) {
        Words words = Words.of(line);
        perform(words);
        var steps = world.takeSteps();
        steps.forEach(step -> step.effects().forEach(this::learn));
        return Transcript.of(steps);
    }

    private void perform(Words words) {
        switch (words.word(0)) {
            case "elected" -> world.elect(words.word(1));
            case "wait" -> world.pass(Duration.parse("PT" + words.word(1)));
            case "agent" -> world.give(agent(words));
            case "agent-left" -> world.give(new MasterInput.AgentStreamClosed(streams.get(words.word(1))));
            case "silent" -> world.silence(agents.get(words.word(1)));
            case "executor-ended" -> executorEnded(words);
            case "unregister" -> message(words, AgentCall.unregister(agents.get(words.word(1))));
            case "update" -> update(words);
            case "framework" -> world.give(subscribe(words));
            case "framework-left" -> world.give(new MasterInput.SchedulerStreamClosed(streams.get(words.word(1))));
            case "gone" -> world.give(new MasterInput.MarkAgentGone(ticket(), agents.get(words.word(1)), ANYBODY));
            case "end" ->
                world.give(new MasterInput.TeardownFramework(ticket(), frameworks.get(words.word(1)), ANYBODY));
            default -> Operator.order(words, ticket(), agents, ANYBODY).ifPresentOrElse(world::give, () -> call(words));
        }
    }

    private void learn(Effect effect) {
        if (effect instanceof Effect.SendEvent(var stream, var event) && event.type() == Event.Type.SUBSCRIBED) {
            frameworks.put(
                    nameOf(stream), Objects.requireNonNull(event.subscribed()).frameworkId());
        }
        if (effect instanceof Effect.SendToAgent(var stream, var id, var _)) {
            agents.put(nameOf(stream), id);
        }
    }

    private static String nameOf(StreamId stream) {
        return stream.value().split("/")[0];
    }

    private StreamId stream(String name) {
        StreamId old = streams.get(name);
        String[] parts = old == null ? new String[0] : old.value().split("/");
        int next = parts.length < 2 ? 2 : Integer.parseInt(parts[1]) + 1;
        StreamId stream = new StreamId(old == null ? name : name + "/" + next);
        streams.put(name, stream);
        return stream;
    }

    private Ticket ticket() {
        return new Ticket(number++);
    }

    // --- agents -----------------------------------------------------------------------------------------------------

    private MasterInput agent(Words words) {
        String host = words.word(1);
        boolean known = words.plain().contains("back");
        AgentId id = known ? agents.get(host) : null;
        List<Task> tasks = new ArrayList<>();
        List<FrameworkInfo> infos = new ArrayList<>();
        for (String each : words.values("tasks")) {
            String[] parts = each.split(":");
            tasks.add(running(parts[0], parts[1], TaskState.valueOf(parts[2]), Objects.requireNonNull(id)));
            infos.add(info(parts[0], words).toBuilder()
                    .id(frameworks.get(parts[0]))
                    .build());
        }
        AgentInfo info = AgentInfo.builder()
                .hostname(host)
                .port(5051)
                .resources(Stream.concat(
                                ResourceParser.parse(words.resources(), "*").toList().stream(),
                                ResourceParser.parse(words.value("revocable", ""), "*").toList().stream()
                                        .map(each -> each.toBuilder()
                                                .revocable(new Resource.RevocableInfo())
                                                .build()))
                        .toList())
                .build();
        var subscribe = new AgentCall.Subscribe(info, "1.11.0", CAPABILITIES, infos, List.of(), tasks);
        return new MasterInput.AgentSubscribe(stream(host), AgentCall.subscribe(id, subscribe), ANYBODY, "10.0.0.1");
    }

    private Task running(String framework, String task, TaskState state, AgentId agent) {
        return Task.builder()
                .name(task)
                .taskId(new TaskId(task))
                .frameworkId(frameworks.get(framework))
                .agentId(agent)
                .state(state)
                .resources(allocated("cpus:1;mem:128"))
                .build();
    }

    private static List<Resource> allocated(String text) {
        return ResourceParser.parse(text, "*").allocatedTo("*").toList();
    }

    private void message(Words words, AgentCall call) {
        world.give(new MasterInput.AgentMessage(ticket(), streams.get(words.word(1)), call));
    }

    private void update(Words words) {
        AgentId agent = agents.get(words.word(1));
        TaskState state = TaskState.valueOf(words.word(4));
        TaskStatus status = TaskStatus.builder()
                .taskId(new TaskId(words.word(3)))
                .state(state)
                .agentId(agent)
                .source(TaskStatus.Source.valueOf("SOURCE_" + words.value("from", "EXECUTOR")))
                .uuid(uuid(words.value("uuid", state.name())))
                .build();
        TaskState latest = TaskState.valueOf(words.value("latest", state.name()));
        message(
                words,
                AgentCall.update(agent, new AgentCall.Update(frameworks.get(words.word(2)), status, latest, null)));
    }

    private void executorEnded(Words words) {
        var exited = new AgentCall.ExitedExecutor(frameworks.get(words.word(2)), new ExecutorId(words.word(3)), 256);
        message(words, AgentCall.exitedExecutor(agents.get(words.word(1)), exited));
    }

    private static Bytes uuid(String text) {
        return Bytes.of(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 16));
    }

    // --- frameworks -------------------------------------------------------------------------------------------------

    private FrameworkInfo info(String name, Words words) {
        FrameworkInfo.Builder info = FrameworkInfo.builder()
                .name(name)
                .user(words.value("user", "nobody"))
                .failoverTimeout(Double.parseDouble(words.value("timeout", "0")))
                .capabilities(words.values("capabilities").stream()
                        .map(each -> new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.valueOf(each)))
                        .toList())
                .roles(words.values("roles"));
        if (words.named().containsKey("role")) {
            info.role(words.value("role", "*"));
        }
        return info.build();
    }

    private MasterInput subscribe(Words words) {
        String name = words.word(1);
        @Nullable FrameworkId id = words.plain().contains("back") ? frameworks.get(name) : null;
        FrameworkInfo info = info(name, words).toBuilder().id(id).build();
        Call call = Call.builder()
                .type(Call.Type.SUBSCRIBE)
                .frameworkId(id)
                .subscribe(new Call.Subscribe(info, words.values("suppressed"), null))
                .build();
        return new MasterInput.Subscribe(stream(name), call, ANYBODY);
    }

    private void call(Words words) {
        String name = words.word(1);
        Call.Builder call = Call.builder()
                .frameworkId(frameworks.getOrDefault(name, new FrameworkId(name)))
                .type(Call.Type.valueOf(words.word(0).toUpperCase(Locale.ROOT)));
        switch (words.word(0)) {
            case "accept" -> call.accept(new Call.Accept(offers(words), List.of(launch(words)), filters(words)));
            case "decline" -> call.decline(new Call.Decline(offers(words), filters(words)));
            case "kill" -> call.kill(new Call.Kill(new TaskId(words.word(2)), null, null));
            case "acknowledge" ->
                call.acknowledge(new Call.Acknowledge(
                        agents.get(words.word(3)), new TaskId(words.word(2)), uuid(words.word(4))));
            case "accept_inverse_offers" ->
                call.acceptInverseOffers(new Call.AcceptInverseOffers(offers(words), filters(words)));
            case "decline_inverse_offers" ->
                call.declineInverseOffers(new Call.DeclineInverseOffers(offers(words), filters(words)));
            case "reconcile" -> call.reconcile(new Call.Reconcile(asked(words)));
            case "revive" -> call.revive(new Call.Revive(words.values("roles")));
            case "suppress" -> call.suppress(new Call.Suppress(words.values("roles")));
            default -> {
                // the call's type says it all
            }
        }
        world.give(new MasterInput.SchedulerCall(
                ticket(),
                streams.getOrDefault(words.value("stream", name), new StreamId("none")),
                call.build(),
                ANYBODY));
    }

    private List<Call.Reconcile.Task> asked(Words words) {
        return words.values("tasks").stream()
                .map(each -> each.split("@"))
                .map(parts -> new Call.Reconcile.Task(
                        new TaskId(parts[0]),
                        parts.length == 1 ? null : agents.getOrDefault(parts[1], new AgentId(parts[1]))))
                .toList();
    }

    private static List<OfferId> offers(Words words) {
        return words.values("offers").stream().map(OfferId::new).toList();
    }

    private static @Nullable Filters filters(Words words) {
        String seconds = words.named().get("refuse");
        return seconds == null ? null : new Filters(Double.parseDouble(seconds));
    }

    private Offer.Operation launch(Words words) {
        List<TaskInfo> tasks = new ArrayList<>();
        for (String task : words.values("tasks")) {
            tasks.add(TaskInfo.builder()
                    .name(task)
                    .taskId(new TaskId(task))
                    .agentId(agents.getOrDefault(words.value("on", "h1"), new AgentId("nobody")))
                    .resources(ResourceParser.parse(words.resources(), "*").toList())
                    .command(words.named().containsKey("executor") ? null : command())
                    .executor(executor(words))
                    .build());
        }
        return Offer.Operation.builder()
                .type(Offer.Operation.Type.LAUNCH)
                .launch(new Offer.Operation.Launch(tasks))
                .build();
    }

    private static CommandInfo command() {
        return CommandInfo.builder().value("true").build();
    }

    private static @Nullable ExecutorInfo executor(Words words) {
        String id = words.named().get("executor");
        return id == null
                ? null
                : ExecutorInfo.builder()
                        .executorId(new ExecutorId(id))
                        .command(command())
                        .resources(ResourceParser.parse("cpus:0.1;mem:32", "*").toList())
                        .build();
    }
}
