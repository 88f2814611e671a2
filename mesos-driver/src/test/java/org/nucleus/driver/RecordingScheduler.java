package org.nucleus.driver;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.mesos.Protos.ExecutorID;
import org.apache.mesos.Protos.FrameworkID;
import org.apache.mesos.Protos.MasterInfo;
import org.apache.mesos.Protos.Offer;
import org.apache.mesos.Protos.OfferID;
import org.apache.mesos.Protos.SlaveID;
import org.apache.mesos.Protos.TaskStatus;
import org.apache.mesos.Scheduler;
import org.apache.mesos.SchedulerDriver;

/** A framework of the original's API that says what it hears, and does within a callback what a test asks for. */
final class RecordingScheduler implements Scheduler {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Map<String, Consumer<SchedulerDriver>> reactions = new ConcurrentHashMap<>();
    private final Set<Thread> threads = new LinkedHashSet<>();

    /** @param callback the name of the method */
    RecordingScheduler on(String callback, Consumer<SchedulerDriver> reaction) {
        reactions.put(callback, reaction);
        return this;
    }

    String next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "nothing heard");
    }

    boolean heardNothing() {
        return heard.isEmpty();
    }

    synchronized Set<Thread> threads() {
        return new LinkedHashSet<>(threads);
    }

    private void hear(SchedulerDriver driver, String callback, Object... about) {
        synchronized (this) {
            threads.add(Thread.currentThread());
        }
        StringBuilder text = new StringBuilder(callback);
        for (Object each : about) {
            text.append(' ').append(each);
        }
        heard.add(text.toString());
        reactions.getOrDefault(callback, _ -> {}).accept(driver);
    }

    @Override
    public void registered(SchedulerDriver driver, FrameworkID frameworkId, MasterInfo masterInfo) {
        hear(driver, "registered", frameworkId.getValue(), masterInfo.getId(), masterInfo.getHostname());
    }

    @Override
    public void reregistered(SchedulerDriver driver, MasterInfo masterInfo) {
        hear(driver, "reregistered", masterInfo.getId());
    }

    @Override
    public void resourceOffers(SchedulerDriver driver, List<Offer> offers) {
        List<String> ids = offers.stream()
                .map(offer ->
                        offer.getId().getValue() + "@" + offer.getSlaveId().getValue())
                .toList();
        offers.clear();
        hear(driver, "resourceOffers", ids);
    }

    @Override
    public void offerRescinded(SchedulerDriver driver, OfferID offerId) {
        hear(driver, "offerRescinded", offerId.getValue());
    }

    @Override
    public void statusUpdate(SchedulerDriver driver, TaskStatus status) {
        hear(
                driver,
                "statusUpdate",
                status.getTaskId().getValue(),
                status.getState(),
                status.hasUuid() ? "uuid" : "no uuid",
                status.getReason());
    }

    @Override
    public void frameworkMessage(SchedulerDriver driver, ExecutorID executorId, SlaveID slaveId, byte[] data) {
        hear(driver, "frameworkMessage", executorId.getValue(), slaveId.getValue(), new String(data));
    }

    @Override
    public void disconnected(SchedulerDriver driver) {
        hear(driver, "disconnected");
    }

    @Override
    public void slaveLost(SchedulerDriver driver, SlaveID slaveId) {
        hear(driver, "slaveLost", slaveId.getValue());
    }

    @Override
    public void executorLost(SchedulerDriver driver, ExecutorID executorId, SlaveID slaveId, int status) {
        hear(driver, "executorLost", executorId.getValue(), slaveId.getValue(), status);
    }

    @Override
    public void error(SchedulerDriver driver, String message) {
        hear(driver, "error", message);
    }
}
