package org.nucleus.driver;

import java.util.List;
import org.apache.mesos.MesosNativeLibrary;
import org.apache.mesos.MesosSchedulerDriver;
import org.apache.mesos.Protos;
import org.apache.mesos.Scheduler;
import org.apache.mesos.SchedulerDriver;

/** As frameworks for libmesos are written: launches one task on the first offer, and stops when it has finished. */
public final class OneTaskFramework implements Scheduler {
    private OneTaskFramework() {}

    /** @param arguments the master */
    public static void main(String[] arguments) {
        System.exit(run(arguments[0]) == Protos.Status.DRIVER_STOPPED ? 0 : 1);
    }

    public static Protos.Status run(String master) {
        MesosNativeLibrary.load();
        Protos.FrameworkInfo framework = Protos.FrameworkInfo.newBuilder()
                .setUser("")
                .setName("one-task")
                .build();
        return new MesosSchedulerDriver(new OneTaskFramework(), framework, master).run();
    }

    @Override
    public void resourceOffers(SchedulerDriver driver, List<Protos.Offer> offers) {
        Protos.Offer offer = offers.remove(0);
        Protos.TaskInfo task = Protos.TaskInfo.newBuilder()
                .setName("task")
                .setTaskId(Protos.TaskID.newBuilder().setValue("task-1"))
                .setSlaveId(offer.getSlaveId())
                .addResources(Protos.Resource.newBuilder()
                        .setName("cpus")
                        .setType(Protos.Value.Type.SCALAR)
                        .setScalar(Protos.Value.Scalar.newBuilder().setValue(0.5)))
                .setCommand(Protos.CommandInfo.newBuilder().setValue("true"))
                .build();
        driver.launchTasks(List.of(offer.getId()), List.of(task));
        offers.forEach(rest -> driver.declineOffer(rest.getId()));
    }

    @Override
    public void statusUpdate(SchedulerDriver driver, Protos.TaskStatus status) {
        if (status.getState() == Protos.TaskState.TASK_FINISHED) {
            driver.stop();
        }
    }

    @Override
    public void registered(SchedulerDriver driver, Protos.FrameworkID frameworkId, Protos.MasterInfo masterInfo) {}

    @Override
    public void reregistered(SchedulerDriver driver, Protos.MasterInfo masterInfo) {}

    @Override
    public void offerRescinded(SchedulerDriver driver, Protos.OfferID offerId) {}

    @Override
    public void frameworkMessage(
            SchedulerDriver driver, Protos.ExecutorID executorId, Protos.SlaveID slaveId, byte[] data) {}

    @Override
    public void disconnected(SchedulerDriver driver) {}

    @Override
    public void slaveLost(SchedulerDriver driver, Protos.SlaveID slaveId) {}

    @Override
    public void executorLost(
            SchedulerDriver driver, Protos.ExecutorID executorId, Protos.SlaveID slaveId, int status) {}

    @Override
    public void error(SchedulerDriver driver, String message) {}
}
