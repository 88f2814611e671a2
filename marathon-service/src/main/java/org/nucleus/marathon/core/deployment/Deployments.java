package org.nucleus.marathon.core.deployment;

import java.util.List;
import java.util.Objects;
import org.nucleus.marathon.core.instance.Counts;
import org.nucleus.marathon.core.instance.Head;
import org.nucleus.marathon.core.instance.Instances;
import org.nucleus.marathon.core.instance.KillOrder;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change.DeploymentEnded;
import org.nucleus.marathon.core.state.Change.DeploymentStored;
import org.nucleus.marathon.core.state.Change.LaunchDelayReset;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonEvent.AppTerminated;
import org.nucleus.marathon.core.state.MarathonEvent.DeploymentFailed;
import org.nucleus.marathon.core.state.MarathonEvent.DeploymentInfo;
import org.nucleus.marathon.core.state.MarathonEvent.DeploymentStepDone;
import org.nucleus.marathon.core.state.MarathonEvent.DeploymentSucceeded;
import org.nucleus.marathon.core.state.PlanStep;
import org.nucleus.marathon.core.state.Policy.UpgradeStrategy;
import org.nucleus.marathon.core.state.Run;

/**
 * Leads apps to their targets. Nothing here is a script that is resumed: each look compares what is with what shall be
 * and does what is missing, so that a restart of Marathon, a cancellation and a rollback need no rules of their own.
 */
public final class Deployments {
    private final Instances instances;
    private final Counts counts;

    public Deployments(Instances instances) {
        this.instances = instances;
        this.counts = new Counts(instances);
    }

    /** Looks at {@code app} anew: within its deployment if it has one, else just at its count. */
    public void converge(AppPath app, Frame frame) {
        Deployment deployment = frame.state().deploymentOf(app).orElse(null);
        if (deployment != null) {
            advance(deployment, frame);
            return;
        }
        App wanted = frame.state().app(app).orElse(null);
        if (wanted == null) {
            frame.state().instances(app).forEach(orphan -> instances.decommission(orphan, frame));
            return;
        }
        counts.bringTo(wanted, List.of(), frame);
    }

    /** Works on the current step, and on the ones after it as far as each is done at once. */
    public void advance(Deployment started, Frame frame) {
        Deployment deployment = started;
        for (PlanStep step = deployment.step(); step != null; step = deployment.step()) {
            boolean done = true;
            for (PlanStep.Action action : step.actions()) {
                done &= act(action, deployment, frame);
            }
            if (!done) {
                return;
            }
            deployment = deployment.advanced();
            frame.record(new DeploymentStored(deployment));
            frame.publish(new DeploymentStepDone(frame.now(), deployment, step));
            PlanStep next = deployment.step();
            if (next != null) {
                frame.publish(new DeploymentInfo(frame.now(), deployment, next));
            }
        }
        frame.record(new DeploymentEnded(deployment.id()));
        frame.publish(new DeploymentSucceeded(frame.now(), deployment));
        deployment.affected().forEach(frame::touch);
    }

    /** Stops driving {@code deployment}; what it has done so far stays. */
    public void abandon(Deployment deployment, String reason, Frame frame) {
        frame.record(new DeploymentEnded(deployment.id()));
        frame.publish(new DeploymentFailed(frame.now(), deployment, reason));
        deployment.affected().forEach(frame::touch);
    }

    /** @return whether nothing is left to do */
    private boolean act(PlanStep.Action action, Deployment deployment, Frame frame) {
        App app = frame.state().app(action.app()).orElse(null);
        return switch (action.kind()) {
            case START -> true;
            case STOP -> stop(action.app(), frame);
            case SCALE -> app == null || scale(app, deployment, frame);
            case RESTART -> app == null || restart(app, frame);
        };
    }

    private boolean stop(AppPath path, Frame frame) {
        frame.state().instances(path).forEach(instance -> instances.decommission(instance, frame));
        if (!frame.state().instances(path).isEmpty()) {
            return false;
        }
        frame.record(new LaunchDelayReset(path));
        frame.publish(new AppTerminated(frame.now(), path));
        return true;
    }

    private boolean scale(App app, Deployment deployment, Frame frame) {
        counts.bringTo(app, deployment.sentenced(), frame);
        return isWhole(app, Head.of(app.id(), frame));
    }

    private static boolean isWhole(App app, Head head) {
        int ready = head.ready().size();
        boolean allReady = !app.daemon()
                || head.active().stream().filter(Instance::isLaunched).count() <= ready;
        return !head.hasDying() && ready >= app.instances() && allReady;
    }

    /** One look at a rolling restart: lets old ones go as far as health allows, starts new ones as far as there is room. */
    private boolean restart(App app, Frame frame) {
        Head.of(app.id(), frame).givenUp().stream()
                .filter(one -> !app.isCurrent(one))
                .forEach(one -> instances.decommission(one, frame));
        Head head = Head.of(app.id(), frame);
        List<Instance> old =
                head.active().stream().filter(one -> !app.isCurrent(one)).toList();
        List<Instance> fresh = head.active().stream().filter(app::isCurrent).toList();
        int count = count(app, head);
        var strategy = strategy(app, count, head, old.size());
        int present = head.all().size() - head.givenUp().size();
        int room = Math.min(count - fresh.size(), strategy.maxCapacity() - present);
        for (int i = 0; i < room; i++) {
            instances.schedule(app, frame);
        }
        List<Instance> living =
                old.stream().filter(one -> one.killedAt() == null).toList();
        letGo(app, living, strategy.killNow(), frame);
        letGo(app, fresh, fresh.size() - count, frame);
        boolean stuck = room <= 0 && strategy.killNow() == 0 && !old.isEmpty() && !head.hasDying() && fresh.isEmpty();
        if (stuck) {
            living.stream()
                    .filter(one -> !one.isRunning() || Boolean.FALSE.equals(one.healthy()))
                    .findFirst()
                    .ifPresent(one -> replace(app, one, frame));
        }
        Head after = Head.of(app.id(), frame);
        return after.all().stream().allMatch(app::isCurrent) && isWhole(app, after);
    }

    /** Of a daemon: as many as it has now. */
    private static int count(App app, Head head) {
        if (!app.daemon() || app.instances() == 0) {
            return app.instances();
        }
        long places = head.active().stream()
                .map(Instance::run)
                .filter(Objects::nonNull)
                .map(Run::agent)
                .distinct()
                .count();
        return Math.max(app.instances(), (int) places);
    }

    private static RollingRestart.Strategy strategy(App app, int count, Head head, int old) {
        UpgradeStrategy upgrade = app.policy().upgrade();
        return RollingRestart.strategy(new RollingRestart.Situation(
                count,
                upgrade.minimumHealthCapacity(),
                upgrade.maximumOverCapacity(),
                app.isResident(),
                head.ready().size(),
                old));
    }

    private void letGo(App app, List<Instance> candidates, int count, Frame frame) {
        if (count > 0) {
            KillOrder.victims(app, candidates, List.of(), count).forEach(instance -> replace(app, instance, frame));
        }
    }

    /** An instance with data is started anew where its data is; another one makes room for a fresh one. */
    private void replace(App app, Instance instance, Frame frame) {
        long active = Head.of(app.id(), frame).active().size();
        if (instance.home() != null && instance.isLaunched() && active <= app.instances()) {
            instances.replace(instance, frame);
        } else {
            instances.letGo(instance, frame);
        }
    }
}
