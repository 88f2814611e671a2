package org.nucleus.master.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.nucleus.access.Grants;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Outcome;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.resources.ResourceParser;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Filters;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.FrameworkInfo.Capability;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Operation;
import org.nucleus.wire.OperationStatus;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Task;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/** One agent with 4 CPUs, 1,024 MB and 1,000 MB of disk, and frameworks of the principal {@code ops}. */
final class Cluster {
    static final String PRINCIPAL = "ops";
    static final Caller OPERATOR = new Caller(PRINCIPAL, Grants.all());
    private static final String HAS = "cpus:4;mem:1024;disk:1000";

    final World world = new World();
    final List<Effect> effects = new ArrayList<>();
    private StreamId agentStream = new StreamId("agent");
    private AgentId agent = new AgentId("unknown");
    private long number;

    Cluster() {
        world.elect("m");
        agentComes(null, List.of(), List.of(), List.of());
    }

    /** A framework of this cluster, with its stream. */
    record Member(FrameworkId id, StreamId stream) {}

    AgentId agent() {
        return agent;
    }

    Picture.AgentPicture picture() {
        return world.picture().agents().getFirst();
    }

    Resources total() {
        return picture().agent().total();
    }

    void agentComes(AgentId known, List<Resource> checkpointed, List<Operation> operations, List<Task> tasks) {
        agentStream = new StreamId("agent-" + number++);
        AgentInfo info = AgentInfo.builder()
                .hostname("h1")
                .port(5051)
                .resources(ResourceParser.parse(HAS, "*").toList())
                .build();
        var capabilities = Arrays.stream(AgentInfo.Capability.Type.values())
                .filter(type -> type != AgentInfo.Capability.Type.UNKNOWN)
                .map(AgentInfo.Capability::new)
                .toList();
        var subscribe = new AgentCall.Subscribe(
                info, "1.11.0", capabilities, List.of(), List.of(), tasks, checkpointed, operations);
        give(new MasterInput.AgentSubscribe(agentStream, AgentCall.subscribe(known, subscribe), OPERATOR, "10.0.0.1"));
        agentEvents().stream()
                .filter(event -> event.subscribed() != null)
                .forEach(event ->
                        agent = Objects.requireNonNull(event.subscribed()).agentId());
    }

    void agentLeaves() {
        give(new MasterInput.AgentStreamClosed(agentStream));
    }

    void agentSays(AgentCall call) {
        give(new MasterInput.AgentMessage(ticket(), agentStream, call));
    }

    Member framework(String role, Capability.Type... capabilities) {
        StreamId stream = new StreamId("framework-" + number++);
        FrameworkInfo info = FrameworkInfo.builder()
                .name("f")
                .user("nobody")
                .principal(PRINCIPAL)
                .role(role)
                .failoverTimeout(3600)
                .capabilities(Arrays.stream(capabilities).map(Capability::new).toList())
                .build();
        Call call = Call.builder()
                .type(Call.Type.SUBSCRIBE)
                .subscribe(new Call.Subscribe(info, List.of(), null))
                .build();
        give(new MasterInput.Subscribe(stream, call, OPERATOR));
        FrameworkId id = events(stream).stream()
                .filter(event -> event.subscribed() != null)
                .map(event -> Objects.requireNonNull(event.subscribed()).frameworkId())
                .findFirst()
                .orElseThrow();
        return new Member(id, stream);
    }

    void say(Member member, Call.Builder call) {
        say(member, call, OPERATOR);
    }

    void say(Member member, Call.Builder call, Caller caller) {
        give(new MasterInput.SchedulerCall(
                ticket(), member.stream(), call.frameworkId(member.id()).build(), caller));
    }

    void accept(Member member, Offer offer, Offer.Operation... operations) {
        accept(OPERATOR, member, offer, operations);
    }

    void accept(Caller caller, Member member, Offer offer, Offer.Operation... operations) {
        say(
                member,
                Call.builder()
                        .type(Call.Type.ACCEPT)
                        .accept(new Call.Accept(List.of(offer.id()), List.of(operations), new Filters(3600))),
                caller);
    }

    /** What an operator's request is answered with. */
    Effect.Reply operate(Caller caller, Offer.Operation operation) {
        give(new MasterInput.Operate(ticket(), agent, operation, caller));
        return lastReply();
    }

    Outcome operate(Offer.Operation operation) {
        return operate(OPERATOR, operation).outcome();
    }

    /** The newest offer of a framework, after the next allocations. */
    Offer offer(Member member) {
        world.pass(Duration.ofSeconds(10));
        collect();
        return events(member.stream()).stream()
                .filter(event -> event.offers() != null)
                .flatMap(event -> Objects.requireNonNull(event.offers()).offers().stream())
                .toList()
                .getLast();
    }

    List<Event> events(StreamId stream) {
        List<Event> sent = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.SendEvent(var to, var event) && to.equals(stream)) {
                sent.add(event);
            }
        }
        return sent;
    }

    List<OperationStatus> operationUpdates(Member member) {
        return events(member.stream()).stream()
                .filter(event -> event.updateOperationStatus() != null)
                .map(event ->
                        Objects.requireNonNull(event.updateOperationStatus()).status())
                .toList();
    }

    List<AgentEvent> agentEvents() {
        List<AgentEvent> sent = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.SendToAgent(var _, var _, var event)) {
                sent.add(event);
            }
        }
        return sent;
    }

    List<AgentEvent.ApplyOperation> applied() {
        return agentEvents().stream()
                .filter(event -> event.applyOperation() != null)
                .map(AgentEvent::applyOperation)
                .toList();
    }

    Effect.Reply lastReply() {
        return effects.stream()
                .filter(Effect.Reply.class::isInstance)
                .map(Effect.Reply.class::cast)
                .toList()
                .getLast();
    }

    void give(MasterInput input) {
        world.give(input);
        collect();
    }

    private void collect() {
        world.takeSteps().forEach(step -> effects.addAll(step.effects()));
    }

    private Ticket ticket() {
        return new Ticket(number++);
    }
}
