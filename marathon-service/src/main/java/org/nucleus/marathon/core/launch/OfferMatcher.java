package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change.InstanceStored;
import org.nucleus.marathon.core.state.Change.OfferTallied;
import org.nucleus.marathon.core.state.Change.OffersAsked;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.marathon.core.state.RejectReason;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.wire.Filters;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.scheduler.Call;

/**
 * Launches waiting instances on offers. The offers that came together are used in turn, one launch each, so that instances
 * spread; what nobody can use is declined.
 */
public final class OfferMatcher {
    private final LaunchQueue queue;

    public OfferMatcher(LaunchQueue queue) {
        this.queue = queue;
    }

    /** One offer while it is being used. */
    private static final class Open {
        private final Offer offer;
        private final AgentFields agent;
        private final SequencedSet<AppPath> seen = new LinkedHashSet<>();
        private final SequencedSet<AppPath> useless = new LinkedHashSet<>();
        private final List<TaskInfo> launches = new ArrayList<>();
        private Stock stock;

        Open(Offer offer) {
            this.offer = offer;
            this.agent = AgentFields.of(offer);
            this.stock = Stock.of(offer.resources());
        }
    }

    /** What a launch would take: the resources, ports among them, and what is left then. */
    private record Fit(List<Resource> resources, List<Integer> ports, Stock rest) {}

    /** Either how an app fits, or why it doesn't. */
    private record Look(@Nullable Fit fit, @Nullable RejectReason reason) {
        static Look no(RejectReason reason) {
            return new Look(null, reason);
        }
    }

    public void offered(List<Offer> offers, Frame frame) {
        List<Open> open = offers.stream().map(Open::new).toList();
        List<App> apps = queue.launchable(frame);
        boolean launched = !apps.isEmpty();
        while (launched) {
            launched = false;
            for (Open one : open) {
                launched |= one.launches.size() < frame.state().settings().maxInstancesPerOffer()
                        && launchOne(one, apps, frame);
            }
        }
        answer(open, frame);
    }

    private static boolean launchOne(Open open, List<App> apps, Frame frame) {
        for (App app : apps) {
            List<InstanceId> waiting = frame.state().waiting(app.id());
            if (waiting.isEmpty() || open.useless.contains(app.id())) {
                continue;
            }
            Look look = look(open, app, frame);
            tally(open, app, look, frame);
            Fit fit = look.fit();
            if (fit == null) {
                open.useless.add(app.id());
                continue;
            }
            launch(open, app, frame.state().instance(waiting.getFirst()).orElseThrow(), fit, frame);
            return true;
        }
        return false;
    }

    private static Look look(Open open, App app, Frame frame) {
        if (!allocatedTo(open.offer, app.role())) {
            return Look.no(RejectReason.UNFULFILLED_ROLE);
        }
        if (!Constraints.allow(app.placement().constraints(), open.agent, placed(app, frame))) {
            return Look.no(RejectReason.UNFULFILLED_CONSTRAINT);
        }
        if (open.offer.unavailability() != null
                && open.offer.unavailability().start().nanoseconds()
                        <= frame.now().getEpochSecond() * 1_000_000_000L) {
            return Look.no(RejectReason.AGENT_MAINTENANCE);
        }
        return cut(open.stock, app, frame);
    }

    private static Look cut(Stock stock, App app, Frame frame) {
        Footprint needs = app.footprint();
        Placement placement = app.placement();
        List<Resource> taken = new ArrayList<>();
        Stock rest = stock;
        record Need(String name, long thousandths, RejectReason otherwise) {}
        for (Need need : List.of(
                new Need("cpus", needs.cpus(), RejectReason.INSUFFICIENT_CPUS),
                new Need("mem", needs.mem(), RejectReason.INSUFFICIENT_MEMORY),
                new Need("disk", needs.disk(), RejectReason.INSUFFICIENT_DISK),
                new Need("gpus", needs.gpus() * 1000L, RejectReason.INSUFFICIENT_GPUS))) {
            Optional<Stock.Cut> cut = rest.take(need.name(), need.thousandths(), placement);
            if (cut.isEmpty()) {
                return Look.no(need.otherwise());
            }
            taken.addAll(cut.get().taken());
            rest = cut.get().rest();
        }
        Optional<List<Integer>> ports = PortPicker.pick(app.ports(), rest.ports(placement), frame::nextInt);
        if (ports.isEmpty()) {
            return Look.no(RejectReason.INSUFFICIENT_PORTS);
        }
        Stock.Cut cut = rest.takePorts(ports.get(), placement);
        taken.addAll(cut.taken());
        return new Look(new Fit(taken, ports.get(), cut.rest()), null);
    }

    private static void launch(Open open, App app, Instance waiting, Fit fit, Frame frame) {
        Run run = new Run(
                open.offer.agentId().value(),
                open.offer.hostname(),
                open.agent.region(),
                open.agent.zone(),
                open.agent.attributes(),
                fit.ports(),
                frame.now(),
                null,
                List.of());
        Instance instance = waiting.launched(app, run, frame.now());
        frame.record(new InstanceStored(instance));
        frame.wake(new TimerKey.Overdue(instance.id()), frame.state().settings().taskLaunchTimeout());
        open.stock = fit.rest();
        open.launches.add(TaskFactory.task(app, instance, run, fit.resources()));
    }

    private void answer(List<Open> open, Frame frame) {
        List<OfferId> unused = new ArrayList<>();
        boolean more = !queue.launchable(frame).isEmpty();
        for (Open one : open) {
            if (one.launches.isEmpty()) {
                unused.add(one.offer.id());
            } else {
                frame.call(accept(one, more ? 0 : declineSeconds(frame)));
            }
        }
        if (!unused.isEmpty()) {
            OffersAsked asked = frame.state().offers();
            frame.record(new OffersAsked(asked.wanted(), true, asked.revivedAt(), asked.burst()));
            frame.call(Call.builder()
                    .type(Call.Type.DECLINE)
                    .decline(new Call.Decline(unused, new Filters(declineSeconds(frame))))
                    .build());
        }
    }

    private static Call accept(Open open, double refuseSeconds) {
        Offer.Operation launch = Offer.Operation.builder()
                .type(Offer.Operation.Type.LAUNCH)
                .launch(new Offer.Operation.Launch(open.launches))
                .build();
        return Call.builder()
                .type(Call.Type.ACCEPT)
                .accept(new Call.Accept(List.of(open.offer.id()), List.of(launch), new Filters(refuseSeconds)))
                .build();
    }

    private static double declineSeconds(Frame frame) {
        return frame.state().settings().declineFor().toMillis() / 1000.0;
    }

    private static void tally(Open open, App app, Look look, Frame frame) {
        if (!open.seen.add(app.id())) {
            return;
        }
        var tally = frame.state().tally(app.id());
        RejectReason reason = look.reason();
        frame.record(new OfferTallied(
                app.id(), reason == null ? tally.used(frame.now()) : tally.unused(open.offer, reason, frame.now())));
    }

    private static List<AgentFields> placed(App app, Frame frame) {
        List<AgentFields> placed = new ArrayList<>();
        for (Instance instance : frame.state().instances(app.id())) {
            Run run = instance.run();
            if (run != null && instance.isActive() && app.isCurrent(instance)) {
                placed.add(AgentFields.of(run));
            }
        }
        return placed;
    }

    private static boolean allocatedTo(Offer offer, String role) {
        Resource.AllocationInfo allocation = offer.allocationInfo();
        return allocation == null
                || allocation.role() == null
                || allocation.role().equals(role);
    }
}
