package org.nucleus.driver;

import static org.nucleus.driver.OriginalMessages.toOriginal;

import org.apache.mesos.Executor;
import org.apache.mesos.ExecutorDriver;
import org.apache.mesos.Protos;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.executor.Event;

/** A framework's {@link Executor}, spoken to in our records. */
public final class ExecutorCallbacks {
    private final Executor executor;
    private final ExecutorDriver driver;

    public ExecutorCallbacks(Executor executor, ExecutorDriver driver) {
        this.executor = executor;
        this.driver = driver;
    }

    void registered(Event.Subscribed subscribed) {
        executor.registered(
                driver,
                toOriginal(subscribed.executorInfo(), Protos.ExecutorInfo::parseFrom),
                toOriginal(subscribed.frameworkInfo(), Protos.FrameworkInfo::parseFrom),
                toOriginal(subscribed.agentInfo(), Protos.SlaveInfo::parseFrom));
    }

    void reregistered(AgentInfo agent) {
        executor.reregistered(driver, toOriginal(agent, Protos.SlaveInfo::parseFrom));
    }

    void disconnected() {
        executor.disconnected(driver);
    }

    void launchTask(TaskInfo task) {
        executor.launchTask(driver, toOriginal(task, Protos.TaskInfo::parseFrom));
    }

    void killTask(TaskId task) {
        executor.killTask(driver, toOriginal(task, Protos.TaskID::parseFrom));
    }

    void frameworkMessage(byte[] data) {
        executor.frameworkMessage(driver, data);
    }

    void shutdown() {
        executor.shutdown(driver);
    }

    void error(String message) {
        executor.error(driver, message);
    }
}
