import com.google.protobuf.ByteString;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.apache.mesos.MesosSchedulerDriver;
import org.apache.mesos.Protos.CommandInfo;
import org.apache.mesos.Protos.ExecutorID;
import org.apache.mesos.Protos.ExecutorInfo;
import org.apache.mesos.Protos.FrameworkID;
import org.apache.mesos.Protos.FrameworkInfo;
import org.apache.mesos.Protos.MasterInfo;
import org.apache.mesos.Protos.Offer;
import org.apache.mesos.Protos.OfferID;
import org.apache.mesos.Protos.Resource;
import org.apache.mesos.Protos.SlaveID;
import org.apache.mesos.Protos.Status;
import org.apache.mesos.Protos.TaskID;
import org.apache.mesos.Protos.TaskInfo;
import org.apache.mesos.Protos.TaskStatus;
import org.apache.mesos.Protos.Value;
import org.apache.mesos.Scheduler;
import org.apache.mesos.SchedulerDriver;

/**
 * A framework as they are written for libmesos, with an executor of its own. It does what lines of its input say, and
 * writes a line for each callback: master, user, executor's command and, for a framework that returns, its id.
 */
public final class EchoFramework implements Scheduler {
    private final ExecutorInfo executor;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Deque<Offer> offers = new ArrayDeque<>();
    private SlaveID agent;

    private EchoFramework(String command) {
        executor = ExecutorInfo.newBuilder()
                .setExecutorId(executorId())
                .setName("echo")
                .setCommand(CommandInfo.newBuilder().setValue(command))
                .addResources(scalar("cpus", 0.1))
                .addResources(scalar("mem", 64))
                .build();
    }

    public static void main(String[] arguments) throws Exception {
        FrameworkInfo.Builder info = FrameworkInfo.newBuilder()
                .setUser(arguments[1])
                .setName("echo")
                .setCheckpoint(true)
                .setFailoverTimeout(600);
        if (arguments.length > 3) {
            info.setId(FrameworkID.newBuilder().setValue(arguments[3]));
        }
        EchoFramework framework = new EchoFramework(arguments[2]);
        SchedulerDriver driver = new MesosSchedulerDriver(framework, info.build(), arguments[0]);
        driver.start();
        Thread commands = new Thread(() -> framework.obey(driver));
        commands.setDaemon(true);
        commands.start();
        Status status = driver.join();
        say("ended " + status);
        System.exit(0);
    }

    private void obey(SchedulerDriver driver) {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                String[] words = line.split(" ", 2);
                switch (words[0]) {
                    case "launch":
                        launch(driver, words[1]);
                        break;
                    case "kill":
                        driver.killTask(TaskID.newBuilder().setValue(words[1]).build());
                        break;
                    case "message":
                        driver.sendFrameworkMessage(
                                executorId(), agent(), words[1].getBytes(StandardCharsets.UTF_8));
                        break;
                    case "reconcile":
                        driver.reconcileTasks(Collections.<TaskStatus>emptyList());
                        break;
                    case "stop":
                        driver.stop();
                        break;
                    case "failover":
                        driver.stop(true);
                        break;
                    default:
                        say("does not know " + line);
                }
            }
        } catch (java.io.IOException e) {
            say("cannot read " + e);
        }
    }

    private synchronized SlaveID agent() {
        return agent;
    }

    private synchronized void launch(SchedulerDriver driver, String task) {
        waiting.add(task);
        launchWaiting(driver);
    }

    private void launchWaiting(SchedulerDriver driver) {
        while (!waiting.isEmpty() && !offers.isEmpty()) {
            Offer offer = offers.remove();
            String name = waiting.remove();
            TaskInfo task = TaskInfo.newBuilder()
                    .setName(name)
                    .setTaskId(TaskID.newBuilder().setValue(name))
                    .setSlaveId(offer.getSlaveId())
                    .setExecutor(executor)
                    .addResources(scalar("cpus", 0.1))
                    .addResources(scalar("mem", 32))
                    .setData(ByteString.copyFromUtf8("data of " + name))
                    .build();
            driver.launchTasks(Collections.singletonList(offer.getId()), Collections.singletonList(task));
        }
    }

    @Override
    public void registered(SchedulerDriver driver, FrameworkID frameworkId, MasterInfo masterInfo) {
        say("registered " + frameworkId.getValue());
    }

    @Override
    public void reregistered(SchedulerDriver driver, MasterInfo masterInfo) {
        say("reregistered");
    }

    @Override
    public synchronized void resourceOffers(SchedulerDriver driver, List<Offer> fresh) {
        offers.addAll(fresh);
        launchWaiting(driver);
    }

    @Override
    public synchronized void offerRescinded(SchedulerDriver driver, OfferID offerId) {
        offers.removeIf(offer -> offer.getId().equals(offerId));
    }

    @Override
    public void statusUpdate(SchedulerDriver driver, TaskStatus status) {
        synchronized (this) {
            agent = status.getSlaveId();
        }
        say("update " + status.getTaskId().getValue() + " " + status.getState() + " "
                + status.getData().toStringUtf8());
    }

    @Override
    public void frameworkMessage(SchedulerDriver driver, ExecutorID executorId, SlaveID slaveId, byte[] data) {
        say("message " + new String(data, StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void disconnected(SchedulerDriver driver) {
        offers.clear();
        say("disconnected");
    }

    @Override
    public void slaveLost(SchedulerDriver driver, SlaveID slaveId) {
        say("slaveLost " + slaveId.getValue());
    }

    @Override
    public void executorLost(SchedulerDriver driver, ExecutorID executorId, SlaveID slaveId, int status) {
        say("executorLost " + executorId.getValue() + " " + status);
    }

    @Override
    public void error(SchedulerDriver driver, String message) {
        say("error " + message);
    }

    private static ExecutorID executorId() {
        return ExecutorID.newBuilder().setValue("echo").build();
    }

    private static Resource scalar(String name, double value) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(value))
                .build();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
