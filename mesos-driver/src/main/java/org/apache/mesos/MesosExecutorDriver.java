package org.apache.mesos;

import static org.nucleus.driver.OriginalMessages.toWire;

import java.util.Map;
import java.util.Objects;
import org.apache.mesos.Protos.Status;
import org.apache.mesos.Protos.TaskStatus;
import org.nucleus.driver.ExecutorCallbacks;
import org.nucleus.driver.ExecutorSession;
import org.nucleus.driver.ProcessTree;

/**
 * Connects an {@link Executor} with the agent that started this process, in pure Java over the v1 executor API.
 * Methods, statuses and callbacks are those of the original; what that answers by ending the process (a variable
 * missing in the environment) is an exception here. Thread-safe.
 */
public class MesosExecutorDriver implements ExecutorDriver {
    private final ExecutorSession session;

    public MesosExecutorDriver(Executor executor) {
        this(executor, System.getenv());
    }

    /** @param environment instead of this process's own */
    MesosExecutorDriver(Executor executor, Map<String, String> environment) {
        Objects.requireNonNull(executor, "Not expecting a null Executor");
        this.session = new ExecutorSession(environment, new ExecutorCallbacks(executor, this), ProcessTree::kill);
    }

    @Override
    public Status start() {
        return session.start();
    }

    @Override
    public Status stop() {
        return session.stop();
    }

    @Override
    public Status abort() {
        return session.abort();
    }

    @Override
    public Status join() {
        return session.join();
    }

    @Override
    public Status run() {
        Status status = start();
        return status != Status.DRIVER_RUNNING ? status : join();
    }

    @Override
    public Status sendStatusUpdate(TaskStatus status) {
        return session.update(toWire(status.toByteArray(), org.nucleus.wire.TaskStatus.class));
    }

    @Override
    public Status sendFrameworkMessage(byte[] data) {
        return session.message(data);
    }
}
