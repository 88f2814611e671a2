package org.nucleus.marathon.core.deployment;

import java.util.List;
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

/**
 * Leads apps to their targets. Nothing here is a script that is resumed: each look compares what is with what shall be
 * and does what is missing, so that a restart of Marathon, a cancellation and a rollback need no rules of their own.
 */
public final class Deployments {
    private final Instances instances;

    public Deployments(Instances instances) {
        this.instances = instances;
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
        Head.bringTo(wanted, wanted.instances(), List.of(), instances, frame);
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
        Head.bringTo(app, app.instances(), deployment.sentenced(), instances, frame);
        Head now = Head.of(app.id(), frame);
        return !now.hasDying() && now.ready(app).size() >= app.instances();
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
        int ready = head.ready(app).size();
        UpgradeStrategy upgrade = app.policy().upgrade();
        var strategy = RollingRestart.strategy(new RollingRestart.Situation(
                app.instances(),
                upgrade.minimumHealthCapacity(),
                upgrade.maximumOverCapacity(),
                false,
                ready,
                old.size()));

        int room = Math.min(
                app.instances() - fresh.size(),
                strategy.maxCapacity() - head.all().size() + head.givenUp().size());
        for (int i = 0; i < room; i++) {
            instances.schedule(app, frame);
        }
        letGo(app, old, strategy.killNow(), frame);
        letGo(app, fresh, fresh.size() - app.instances(), frame);
        boolean stuck = room <= 0 && strategy.killNow() == 0 && !old.isEmpty() && !head.hasDying() && fresh.isEmpty();
        if (stuck) {
            old.stream()
                    .filter(one -> !Head.isReady(one, app))
                    .findFirst()
                    .ifPresent(one -> instances.decommission(one, frame));
        }
        Head after = Head.of(app.id(), frame);
        return after.all().stream().allMatch(app::isCurrent)
                && !after.hasDying()
                && after.ready(app).size() >= app.instances();
    }

    private void letGo(App app, List<Instance> candidates, int count, Frame frame) {
        if (count > 0) {
            KillOrder.of(candidates, app.policy().killSelection(), List.of()).stream()
                    .limit(count)
                    .forEach(instance -> instances.decommission(instance, frame));
        }
    }
}
