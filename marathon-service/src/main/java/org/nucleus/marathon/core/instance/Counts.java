package org.nucleus.marathon.core.instance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;

/** How an app comes to the number of instances that it shall have. */
public final class Counts {
    private final Instances instances;

    public Counts(Instances instances) {
        this.instances = instances;
    }

    /** Schedules what is missing, or lets go what is too much. */
    public void bringTo(App app, List<InstanceId> sentenced, Frame frame) {
        if (app.daemon() && app.instances() > 0) {
            waitForOneMore(app, frame);
            return;
        }
        List<Instance> active = Head.of(app.id(), frame).active();
        List<Instance> sick =
                active.stream().filter(one -> one.sickSince() != null).toList();
        int most = Math.max(app.instances(), (int)
                (app.instances() * (1 + app.policy().upgrade().maximumOverCapacity())));
        int missing = app.instances() - (active.size() - sick.size());
        int room = sick.isEmpty() ? missing : Math.min(missing, most - active.size());
        for (int i = 0; i < room; i++) {
            instances.schedule(app, frame);
        }
        relieve(app, sick, frame);
        int surplus = active.size() - sick.size() - app.instances();
        if (surplus > 0) {
            List<Instance> sound =
                    active.stream().filter(one -> one.sickSince() == null).toList();
            KillOrder.victims(app, sound, sentenced, surplus).forEach(one -> instances.letGo(one, frame));
        }
    }

    /** Each instance that took over lets one sick one go. */
    private void relieve(App app, List<Instance> sick, Frame frame) {
        if (sick.isEmpty()) {
            return;
        }
        long ready = Head.of(app.id(), frame).ready().stream()
                .filter(one -> one.sickSince() == null)
                .count();
        long released = ready - (app.instances() - sick.size());
        sick.stream().limit(Math.max(0, released)).forEach(one -> instances.letGo(one, frame));
    }

    /** Of a daemon one waits for each agent that was seen without one, and one for an agent that nobody knows yet. */
    private void waitForOneMore(App app, Frame frame) {
        List<Instance> active = Head.of(app.id(), frame).active();
        Set<String> places = new LinkedHashSet<>();
        active.forEach(one -> {
            if (one.run() != null) {
                places.add(one.run().host());
            }
        });
        int missing = (int) frame.state().agentsSeen().stream()
                .filter(agent -> !places.contains(agent.host()))
                .count();
        int wanted = Math.max(1, missing);
        List<Instance> waiting = active.stream().filter(Instance::waits).toList();
        for (int i = waiting.size(); i < wanted; i++) {
            instances.schedule(app, frame);
        }
        waiting.stream().skip(wanted).forEach(one -> instances.decommission(one, frame));
        oneAnAgent(app, frame);
    }

    /** Where two are on one agent, left by an abandoned deployment or back from out of reach, one of them goes. */
    private void oneAnAgent(App app, Frame frame) {
        Head head = Head.of(app.id(), frame);
        List<Instance> ready = head.ready().stream().filter(app::isCurrent).toList();
        for (Instance one : head.active()) {
            boolean replaced = one.killedAt() == null
                    && ready.stream().anyMatch(other -> sameAgent(one, other) && goesBefore(one, other, app));
            if (replaced) {
                instances.letGo(one, frame);
            }
        }
    }

    private static boolean goesBefore(Instance one, Instance other, App app) {
        return !app.isCurrent(one) || one.id().compareTo(other.id()) > 0;
    }

    private static boolean sameAgent(Instance one, Instance other) {
        return one.run() != null
                && other.run() != null
                && one.run().agent().equals(other.run().agent());
    }
}
