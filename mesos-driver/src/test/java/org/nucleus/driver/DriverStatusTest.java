package org.nucleus.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.mesos.MesosSchedulerDriver;
import org.apache.mesos.Protos;
import org.apache.mesos.Protos.Status;
import org.apache.mesos.SchedulerDriver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call in every state of a driver: what it returns, and the state after it. */
class DriverStatusTest {
    private static final Map<String, Function<SchedulerDriver, Status>> CALLS = Map.ofEntries(
            Map.entry("start", SchedulerDriver::start),
            Map.entry("stop", driver -> driver.stop(true)),
            Map.entry("abort", SchedulerDriver::abort),
            Map.entry("join", SchedulerDriver::join),
            Map.entry("run", SchedulerDriver::run),
            Map.entry("revive", SchedulerDriver::reviveOffers),
            Map.entry("reviveNone", driver -> driver.reviveOffers(List.of())),
            Map.entry("suppress", SchedulerDriver::suppressOffers),
            Map.entry("suppressNone", driver -> driver.suppressOffers(List.of())),
            Map.entry("request", driver -> driver.requestResources(List.of())),
            Map.entry("reconcile", driver -> driver.reconcileTasks(List.of())),
            Map.entry("decline", driver -> driver.declineOffer(Samples.offerId("o"))),
            Map.entry("launch", driver -> driver.launchTasks(Samples.offerId("o"), List.of())),
            Map.entry("update", driver -> driver.updateFramework(Samples.FRAMEWORK, List.of())),
            Map.entry("acknowledge", driver -> driver.acknowledgeStatusUpdate(Samples.originalStatus("t", true))),
            Map.entry(
                    "message",
                    driver -> driver.sendFrameworkMessage(
                            Protos.ExecutorID.newBuilder().setValue("e").build(), Samples.AGENT, new byte[0])),
            Map.entry(
                    "kill",
                    driver -> driver.killTask(
                            Protos.TaskID.newBuilder().setValue("t").build())));
    private static final Map<Status, Consumer<SchedulerDriver>> WAYS = Map.of(
            Status.DRIVER_NOT_STARTED, _ -> {},
            Status.DRIVER_RUNNING, driver -> driver.start(),
            Status.DRIVER_ABORTED,
                    driver -> {
                        driver.start();
                        driver.abort();
                    },
            Status.DRIVER_STOPPED,
                    driver -> {
                        driver.start();
                        driver.stop(true);
                    });

    @ParameterizedTest(name = "{0}: {1} returns {2}, then {3}")
    @CsvSource({
        "NOT_STARTED, start, RUNNING, RUNNING",
        "NOT_STARTED, stop, NOT_STARTED, NOT_STARTED",
        "NOT_STARTED, abort, NOT_STARTED, NOT_STARTED",
        "NOT_STARTED, join, NOT_STARTED, NOT_STARTED",
        "RUNNING, start, RUNNING, RUNNING",
        "RUNNING, stop, STOPPED, STOPPED",
        "RUNNING, abort, ABORTED, ABORTED",
        "ABORTED, start, ABORTED, ABORTED",
        "ABORTED, stop, ABORTED, STOPPED",
        "ABORTED, abort, ABORTED, ABORTED",
        "ABORTED, join, ABORTED, ABORTED",
        "ABORTED, run, ABORTED, ABORTED",
        "STOPPED, start, STOPPED, STOPPED",
        "STOPPED, stop, STOPPED, STOPPED",
        "STOPPED, abort, STOPPED, STOPPED",
        "STOPPED, join, STOPPED, STOPPED",
        "STOPPED, run, STOPPED, STOPPED",
    })
    void aLifeCycleCall(String before, String call, String returned, String after) {
        check(status(before), call, status(returned), status(after));
    }

    @ParameterizedTest
    @CsvSource({
        "revive",
        "reviveNone",
        "suppress",
        "suppressNone",
        "request",
        "reconcile",
        "decline",
        "launch",
        "update",
        "acknowledge",
        "message",
        "kill"
    })
    void anyOtherCallReturnsTheStatusAndIsNothingUnlessRunning(String call) {
        for (String status : List.of("NOT_STARTED", "RUNNING", "ABORTED", "STOPPED")) {
            boolean aborts = call.equals("update") && status.equals("RUNNING");
            if (!aborts) {
                check(status(status), call, status(status), status(status));
            }
        }
    }

    private static void check(Status before, String call, Status returned, Status after) {
        MesosSchedulerDriver driver =
                new MesosSchedulerDriver(new RecordingScheduler(), Samples.FRAMEWORK, "127.0.0.1:1", false);
        WAYS.get(before).accept(driver);
        assertThat(CALLS.get(call).apply(driver)).as(before + " " + call).isEqualTo(returned);
        assertThat(driver.suppressOffers(List.of()))
                .as(before + ", after " + call)
                .isEqualTo(after);
        driver.stop(true);
    }

    private static Status status(String name) {
        return Status.valueOf("DRIVER_" + name);
    }
}
