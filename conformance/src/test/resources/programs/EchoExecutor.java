import java.nio.charset.StandardCharsets;
import org.apache.mesos.Executor;
import org.apache.mesos.ExecutorDriver;
import org.apache.mesos.MesosExecutorDriver;
import org.apache.mesos.Protos.ExecutorInfo;
import org.apache.mesos.Protos.FrameworkInfo;
import org.apache.mesos.Protos.SlaveInfo;
import org.apache.mesos.Protos.Status;
import org.apache.mesos.Protos.TaskID;
import org.apache.mesos.Protos.TaskInfo;
import org.apache.mesos.Protos.TaskState;
import org.apache.mesos.Protos.TaskStatus;

/** An executor as they are written for libmesos: tasks run until killed or told to finish, messages come back. */
public final class EchoExecutor implements Executor {
    private EchoExecutor() {}

    public static void main(String[] arguments) {
        System.exit(new MesosExecutorDriver(new EchoExecutor()).run() == Status.DRIVER_STOPPED ? 0 : 1);
    }

    @Override
    public void launchTask(ExecutorDriver driver, TaskInfo task) {
        driver.sendStatusUpdate(status(task.getTaskId(), TaskState.TASK_RUNNING)
                .setData(task.getData())
                .build());
    }

    @Override
    public void killTask(ExecutorDriver driver, TaskID task) {
        driver.sendStatusUpdate(status(task, TaskState.TASK_KILLED).build());
    }

    @Override
    public void frameworkMessage(ExecutorDriver driver, byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        if (text.startsWith("finish ")) {
            TaskID task = TaskID.newBuilder().setValue(text.substring("finish ".length())).build();
            driver.sendStatusUpdate(status(task, TaskState.TASK_FINISHED).build());
        } else {
            driver.sendFrameworkMessage(("echo of " + text).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static TaskStatus.Builder status(TaskID task, TaskState state) {
        return TaskStatus.newBuilder().setTaskId(task).setState(state);
    }

    @Override
    public void shutdown(ExecutorDriver driver) {
        driver.stop();
    }

    @Override
    public void registered(
            ExecutorDriver driver, ExecutorInfo executorInfo, FrameworkInfo frameworkInfo, SlaveInfo slaveInfo) {}

    @Override
    public void reregistered(ExecutorDriver driver, SlaveInfo slaveInfo) {}

    @Override
    public void disconnected(ExecutorDriver driver) {}

    @Override
    public void error(ExecutorDriver driver, String message) {}
}
