package org.nucleus.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nucleus.access.Acls;
import org.nucleus.access.Authorizer;
import org.nucleus.benchmarks.stand.Arguments;
import org.nucleus.benchmarks.stand.Report;
import org.nucleus.machine.Step;
import org.nucleus.master.core.Master;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.master.core.state.RegistrySnapshot;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.resources.ResourceParser;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Filters;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/**
 * The step of the master's machine that allocates, without anything around it: with all agents free ("cold"), after all
 * that was offered has been declined for long ("declined"), and with a part of the agents freed ("steady").
 */
public final class AllocationCycles {
    private static final List<Resource> RESOURCES = ResourceParser.parse(
                    "cpus:24;mem:4096;disk:4096;ports:[31000-32000]", "*")
            .toList();
    private static final Caller NOBODY = new Caller(null, new Authorizer(Acls.permissive()).grants(Optional.empty()));
    private static final Ticket TICKET = new Ticket(0);
    private static final double LONG_SECONDS = 3_600;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Master master = new Master(MasterSettings.defaults());
    private final Map<StreamId, FrameworkId> frameworks = new LinkedHashMap<>();
    private final List<Made> outstanding = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private record Made(StreamId framework, OfferId offer) {}

    private AllocationCycles() {}

    /** Arguments: agents, frameworks, roles (that the frameworks are spread over), repetitions, declines. */
    public static void run(Arguments arguments) {
        int agents = arguments.number("agents", 10_000);
        int frameworks = arguments.number("frameworks", 200);
        int roles = arguments.number("roles", 1);
        Report.row("agents", agents);
        Report.row("frameworks", frameworks);
        Report.row("roles", roles);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int i = 0; i < arguments.number("repetitions", 5); i++) {
            AllocationCycles cycles = new AllocationCycles();
            cycles.populate(agents, frameworks, roles);
            cycles.measure(times, arguments.number("declines", 3));
        }
        times.forEach((name, samples) -> Report.distribution(name + "_ms", samples));
    }

    private void measure(Map<String, List<Double>> times, int declines) {
        allocate(times, "cold");
        for (int i = 0; i < declines; i++) {
            decline(1, LONG_SECONDS);
            allocate(times, "declined");
        }
        decline(20, 0);
        allocate(times, "steady");
    }

    private void populate(int agents, int frameworkCount, int roles) {
        step(new MasterInput.Elected(
                1, MasterInfo.builder().id("m").ip(0).port(5050).build(), 1, RegistrySnapshot.empty()));
        for (int i = 0; i < agents; i++) {
            AgentInfo info = new AgentInfo("host-" + i, 5051, RESOURCES, List.of(), null, null);
            AgentCall subscribe = AgentCall.subscribe(
                    null,
                    new AgentCall.Subscribe(
                            info,
                            "1.11.0",
                            List.of(new AgentInfo.Capability(AgentInfo.Capability.Type.MULTI_ROLE)),
                            List.of(),
                            List.of(),
                            List.of()));
            step(new MasterInput.AgentSubscribe(new StreamId("a" + i), subscribe, NOBODY, "127.0.0.1"));
        }
        for (int i = 0; i < frameworkCount; i++) {
            StreamId stream = new StreamId("f" + i);
            Call subscribe = Call.builder()
                    .type(Call.Type.SUBSCRIBE)
                    .subscribe(new Call.Subscribe(Frameworks.named("f" + i, "role-" + i % roles), List.of(), null))
                    .build();
            step(new MasterInput.Subscribe(stream, subscribe, NOBODY));
        }
    }

    /** Notes the time of the step by the clock, and the CPU time of its thread, which other work does not disturb. */
    private void allocate(Map<String, List<Double>> times, String name) {
        now = now.plus(Duration.ofMillis(10));
        long begin = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        Step<Change.Durable, Effect> step = master.step(now, new MasterInput.TimerFired(new WakeKey.AllocationDue()));
        double used = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6;
        double millis = (System.nanoTime() - begin) / 1e6;
        times.computeIfAbsent(name + "_cpu", _ -> new ArrayList<>()).add(used);
        times.computeIfAbsent(name, _ -> new ArrayList<>()).add(millis);
        hear(step);
    }

    /** Declines every {@code nth} offer. */
    private void decline(int nth, double refuseSeconds) {
        List<Made> all = List.copyOf(outstanding);
        outstanding.clear();
        for (int i = 0; i < all.size(); i++) {
            Made made = all.get(i);
            if (i % nth != 0) {
                outstanding.add(made);
                continue;
            }
            Call decline = Call.builder()
                    .type(Call.Type.DECLINE)
                    .frameworkId(Objects.requireNonNull(frameworks.get(made.framework())))
                    .decline(new Call.Decline(List.of(made.offer()), new Filters(refuseSeconds)))
                    .build();
            step(new MasterInput.SchedulerCall(TICKET, made.framework(), decline, NOBODY));
        }
    }

    private void step(MasterInput input) {
        hear(master.step(now, input));
    }

    private void hear(Step<Change.Durable, Effect> step) {
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.SendEvent(var stream, var event)) {
                hear(stream, event);
            }
        }
    }

    private void hear(StreamId stream, Event event) {
        if (event.subscribed() != null) {
            frameworks.put(stream, event.subscribed().frameworkId());
        } else if (event.offers() != null) {
            for (Offer offer : event.offers().offers()) {
                outstanding.add(new Made(stream, offer.id()));
            }
        }
    }
}
