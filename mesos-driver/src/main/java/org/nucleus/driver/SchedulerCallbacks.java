package org.nucleus.driver;

import static org.nucleus.driver.OriginalMessages.toOriginal;

import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.Protos;
import org.apache.mesos.Scheduler;
import org.apache.mesos.SchedulerDriver;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Event;

/** A framework's {@link Scheduler}, spoken to in our records. */
public final class SchedulerCallbacks {
    private static final int STATUS_UNKNOWN = -1;

    private final Scheduler scheduler;
    private final SchedulerDriver driver;

    public SchedulerCallbacks(Scheduler scheduler, SchedulerDriver driver) {
        this.scheduler = scheduler;
        this.driver = driver;
    }

    void registered(FrameworkId id, MasterInfo master) {
        scheduler.registered(
                driver,
                toOriginal(id, Protos.FrameworkID::parseFrom),
                toOriginal(master, Protos.MasterInfo::parseFrom));
    }

    void reregistered(MasterInfo master) {
        scheduler.reregistered(driver, toOriginal(master, Protos.MasterInfo::parseFrom));
    }

    void disconnected() {
        scheduler.disconnected(driver);
    }

    /** The list may be changed by the scheduler, as the original's may. */
    void resourceOffers(List<Offer> offers) {
        List<Protos.Offer> originals = new ArrayList<>(offers.size());
        offers.forEach(offer -> originals.add(toOriginal(offer, Protos.Offer::parseFrom)));
        scheduler.resourceOffers(driver, originals);
    }

    void offerRescinded(OfferId offer) {
        scheduler.offerRescinded(driver, toOriginal(offer, Protos.OfferID::parseFrom));
    }

    void statusUpdate(TaskStatus status) {
        scheduler.statusUpdate(driver, toOriginal(status, Protos.TaskStatus::parseFrom));
    }

    void frameworkMessage(Event.Message message) {
        scheduler.frameworkMessage(
                driver,
                toOriginal(message.executorId(), Protos.ExecutorID::parseFrom),
                toOriginal(message.agentId(), Protos.SlaveID::parseFrom),
                message.data().toByteArray());
    }

    void agentLost(AgentId agent) {
        scheduler.slaveLost(driver, toOriginal(agent, Protos.SlaveID::parseFrom));
    }

    void executorLost(ExecutorId executor, AgentId agent, @Nullable Integer status) {
        scheduler.executorLost(
                driver,
                toOriginal(executor, Protos.ExecutorID::parseFrom),
                toOriginal(agent, Protos.SlaveID::parseFrom),
                status != null ? status : STATUS_UNKNOWN);
    }

    void error(String message) {
        scheduler.error(driver, message);
    }
}
