package org.nucleus.driver;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.mesos.Executor;
import org.apache.mesos.ExecutorDriver;
import org.apache.mesos.Protos;

/** An executor of the original's API that says what it hears, and does within a callback what a test asks for. */
final class RecordingExecutor implements Executor {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Map<String, Consumer<ExecutorDriver>> reactions = new ConcurrentHashMap<>();

    /** @param callback the name of the method */
    RecordingExecutor on(String callback, Consumer<ExecutorDriver> reaction) {
        reactions.put(callback, reaction);
        return this;
    }

    String next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(20, TimeUnit.SECONDS), "nothing heard");
    }

    boolean heardNothing() {
        return heard.isEmpty();
    }

    private void hear(ExecutorDriver driver, String callback, String about) {
        heard.add((callback + " " + about).strip());
        reactions.getOrDefault(callback, _ -> {}).accept(driver);
    }

    @Override
    public void registered(
            ExecutorDriver driver,
            Protos.ExecutorInfo executorInfo,
            Protos.FrameworkInfo frameworkInfo,
            Protos.SlaveInfo slaveInfo) {
        hear(
                driver,
                "registered",
                executorInfo.getExecutorId().getValue() + " " + frameworkInfo.getName() + " "
                        + slaveInfo.getHostname());
    }

    @Override
    public void reregistered(ExecutorDriver driver, Protos.SlaveInfo slaveInfo) {
        hear(driver, "reregistered", slaveInfo.getHostname());
    }

    @Override
    public void disconnected(ExecutorDriver driver) {
        hear(driver, "disconnected", "");
    }

    @Override
    public void launchTask(ExecutorDriver driver, Protos.TaskInfo task) {
        hear(driver, "launchTask", task.getTaskId().getValue());
    }

    @Override
    public void killTask(ExecutorDriver driver, Protos.TaskID taskId) {
        hear(driver, "killTask", taskId.getValue());
    }

    @Override
    public void frameworkMessage(ExecutorDriver driver, byte[] data) {
        hear(driver, "frameworkMessage", new String(data));
    }

    @Override
    public void shutdown(ExecutorDriver driver) {
        hear(driver, "shutdown", "");
    }

    @Override
    public void error(ExecutorDriver driver, String message) {
        hear(driver, "error", message);
    }
}
