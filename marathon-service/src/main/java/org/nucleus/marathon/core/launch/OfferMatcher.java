package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nucleus.marathon.core.launch.Fit.Look;
import org.nucleus.marathon.core.state.AgentFields;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Change.AgentSeen;
import org.nucleus.marathon.core.state.Change.InstanceStored;
import org.nucleus.marathon.core.state.Change.OfferTallied;
import org.nucleus.marathon.core.state.Change.OffersAsked;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
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
 * spread; what nobody can use is declined, and what nobody owns any more is freed.
 */
public final class OfferMatcher {
    private final LaunchQueue queue;

    public OfferMatcher(LaunchQueue queue) {
        this.queue = queue;
    }

    public void offered(List<Offer> offers, Frame frame) {
        List<OpenOffer> open = offers.stream().map(OpenOffer::new).toList();
        open.forEach(one -> see(one, frame));
        List<App> apps = queue.launchable(frame);
        Fitting fitting = new Fitting(frame);
        int most = frame.state().settings().matching().maxInstancesPerOffer();
        boolean launched = !apps.isEmpty();
        while (launched) {
            launched = false;
            for (OpenOffer one : open) {
                launched |= one.launched() < most && launchOne(one, open, apps, fitting, frame);
            }
        }
        open.forEach(one -> one.free(stale(one, frame)));
        answer(open, frame);
    }

    private static void see(OpenOffer open, Frame frame) {
        String agent = open.offer().agentId().value();
        if (!frame.state().hasSeen(agent, open.agent())) {
            frame.record(new AgentSeen(agent, open.agent()));
        }
    }

    private static boolean launchOne(
            OpenOffer open, List<OpenOffer> all, List<App> apps, Fitting fitting, Frame frame) {
        for (App app : apps) {
            if (!frame.state().waits(app.id())
                    || open.isUseless(app.id())
                    || hasBetter(open, all, app, fitting, frame)) {
                continue;
            }
            Instance waiting = candidate(open, app, frame);
            Look look = fitting.look(open, app, waiting);
            tally(open, app, look, frame);
            Fit fit = look.fit();
            if (fit == null) {
                open.useless(app.id());
                continue;
            }
            launch(open, app, waiting, fit, frame);
            fitting.placed(app, open.agent());
            return true;
        }
        return false;
    }

    /** Where data is, the one that has it; else the one that waits longest, those with data elsewhere last. */
    private static Instance candidate(OpenOffer open, App app, Frame frame) {
        Instance first = frame.state().nextWaiting(app.id()).orElseThrow();
        if (!app.isResident()) {
            return first;
        }
        String agent = open.offer().agentId().value();
        Instance free = first;
        for (InstanceId id : frame.state().waiting(app.id())) {
            Instance one = frame.state().instance(id).orElseThrow();
            Instance.Home home = one.home();
            if (home != null && home.agent().equals(agent)) {
                return withoutEmptyHome(one, open, frame);
            }
            if (home == null && free.home() != null) {
                free = one;
            }
        }
        return free;
    }

    /** A reservation that is not there although its task never began was never made: the instance may go anywhere. */
    private static Instance withoutEmptyHome(Instance instance, OpenOffer open, Frame frame) {
        boolean there = !Reservations.of(instance.id(), open.offer()).isEmpty();
        if (there || instance.isSettled()) {
            return instance;
        }
        Instance homeless = instance.homeless();
        frame.record(new InstanceStored(homeless));
        return homeless;
    }

    /** Whether another of the offers breaks fewer of the app's wishes. */
    private static boolean hasBetter(OpenOffer open, List<OpenOffer> all, App app, Fitting fitting, Frame frame) {
        if (app.placement().constraints().stream().noneMatch(Constraint::soft)) {
            return false;
        }
        int here = fitting.wishesBroken(open, app);
        int most = frame.state().settings().matching().maxInstancesPerOffer();
        return all.stream()
                .anyMatch(other -> other != open
                        && !other.isUseless(app.id())
                        && other.launched() < most
                        && fitting.wishesBroken(other, app) < here);
    }

    private static void launch(OpenOffer open, App app, Instance waiting, Fit fit, Frame frame) {
        AgentFields agent = open.agent();
        Run run = new Run(
                open.offer().agentId().value(),
                open.offer().hostname(),
                agent.region(),
                agent.zone(),
                agent.attributes(),
                fit.ports(),
                frame.now(),
                null,
                List.of());
        Instance instance = waiting.launched(app, run, fit.home(), frame.now());
        frame.record(new InstanceStored(instance));
        frame.wake(new TimerKey.Overdue(instance.id()), frame.state().settings().taskLaunchTimeout());
        List<Offer.Operation> before = new ArrayList<>(fit.before());
        if (app.isPod()) {
            before.add(new PodFactory(frame.state()).group(app, instance, run, fit.parts()));
            open.launch(before, List.of(), fit.rest());
        } else {
            TaskInfo task = new TaskFactory(frame.state())
                    .task(app, instance, run, fit.parts().getFirst());
            open.launch(before, List.of(task), fit.rest());
        }
    }

    private void answer(List<OpenOffer> open, Frame frame) {
        List<OfferId> unused = new ArrayList<>();
        boolean more = !queue.launchable(frame).isEmpty();
        for (OpenOffer one : open) {
            if (one.isUsed()) {
                frame.call(one.accept(more ? 0 : declineSeconds(frame)));
            } else {
                unused.add(one.offer().id());
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

    private static double declineSeconds(Frame frame) {
        return frame.state().settings().matching().declineFor().toMillis() / 1000.0;
    }

    private static void tally(OpenOffer open, App app, Look look, Frame frame) {
        if (!open.firstLook(app.id())) {
            return;
        }
        var tally = frame.state().tally(app.id());
        RejectReason reason = look.reason();
        frame.record(new OfferTallied(
                app.id(),
                reason == null
                        ? tally.used(frame.now())
                        : tally.unused(open.offer(), reason, look.detail(), frame.now())));
    }

    /** Frees what instances hold that are gone, or that live elsewhere now. */
    private static List<Offer.Operation> stale(OpenOffer open, Frame frame) {
        Map<InstanceId, List<Resource>> held = new LinkedHashMap<>();
        for (Resource resource : open.offer().resources()) {
            Reservations.holder(resource)
                    .filter(holder -> frame.state()
                            .frameworkId()
                            .filter(holder.framework()::equals)
                            .isPresent())
                    .filter(holder -> !livesHere(holder.instance(), open, frame))
                    .ifPresent(holder -> held.computeIfAbsent(holder.instance(), _ -> new ArrayList<>())
                            .add(resource));
        }
        List<Offer.Operation> operations = new ArrayList<>();
        held.values().forEach(resources -> operations.addAll(Reservations.release(resources)));
        return operations;
    }

    private static boolean livesHere(InstanceId id, OpenOffer open, Frame frame) {
        Optional<Instance> instance = frame.state().instance(id);
        return instance.map(Instance::home)
                .filter(home -> home.agent().equals(open.offer().agentId().value()))
                .isPresent();
    }
}
