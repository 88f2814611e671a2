package org.nucleus.master.core;

import org.nucleus.master.core.agent.Agents;
import org.nucleus.master.core.agent.Drains;
import org.nucleus.master.core.maintenance.Maintenance;
import org.nucleus.master.core.offer.Offers;
import org.nucleus.master.core.policy.Quotas;
import org.nucleus.master.core.policy.Weights;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.MasterInput;

/** What operators set, and which rule decides. */
final class Orders {
    private final Quotas quotas;
    private final Weights weights;
    private final Maintenance maintenance;
    private final Drains drains;

    Orders(Offers offers, Agents agents) {
        this.quotas = new Quotas(offers);
        this.weights = new Weights(offers);
        this.maintenance = new Maintenance(offers, agents);
        this.drains = new Drains(agents);
    }

    void decide(MasterInput.Order order, Frame frame) {
        switch (order) {
            case MasterInput.UpdateQuota in -> quotas.update(in, frame);
            case MasterInput.SetQuota in -> quotas.set(in, frame);
            case MasterInput.RemoveQuota in -> quotas.remove(in, frame);
            case MasterInput.UpdateWeights in -> weights.update(in, frame);
            case MasterInput.UpdateSchedule in -> maintenance.update(in, frame);
            case MasterInput.StartMaintenance in -> maintenance.start(in, frame);
            case MasterInput.StopMaintenance in -> maintenance.stop(in, frame);
            case MasterInput.DrainAgent in -> drains.drain(in, frame);
            case MasterInput.DeactivateAgent in -> drains.deactivate(in, frame);
            case MasterInput.ReactivateAgent in -> drains.reactivate(in, frame);
        }
    }

    /** What follows from a step for what was ordered before it. */
    void follow(Frame frame) {
        drains.settle(frame);
    }
}
