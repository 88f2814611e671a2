package org.nucleus.driver;

import java.util.concurrent.CountDownLatch;
import org.apache.mesos.Protos.Status;

/**
 * The states of a driver: not started, running, aborted, stopped. Each call that doesn't fit the state changes nothing
 * and returns it. Thread-safe. Source: sched/sched.cpp and exec/exec.cpp, MesosSchedulerDriver and
 * MesosExecutorDriver.
 */
final class DriverLife {
    private final CountDownLatch ended = new CountDownLatch(1);
    private Status status = Status.DRIVER_NOT_STARTED;
    private boolean started;

    synchronized Status status() {
        return status;
    }

    synchronized boolean isRunning() {
        return status == Status.DRIVER_RUNNING;
    }

    synchronized boolean isAborted() {
        return status == Status.DRIVER_ABORTED;
    }

    /** True if this call started the driver. */
    synchronized boolean start() {
        if (status != Status.DRIVER_NOT_STARTED) {
            return false;
        }
        started = true;
        status = Status.DRIVER_RUNNING;
        return true;
    }

    /** The driver could not even start: aborted, and nothing to join. */
    synchronized void failToStart() {
        started = false;
        status = Status.DRIVER_ABORTED;
    }

    /** True if this call aborted the driver. */
    synchronized boolean abort() {
        if (status != Status.DRIVER_RUNNING) {
            return false;
        }
        status = Status.DRIVER_ABORTED;
        return true;
    }

    /** True if this call stopped the driver, which may have been aborted before. */
    synchronized boolean stop() {
        if (status != Status.DRIVER_RUNNING && status != Status.DRIVER_ABORTED) {
            return false;
        }
        status = Status.DRIVER_STOPPED;
        return true;
    }

    /** Whoever joins may go: what was under way when the driver was stopped or aborted is done. */
    void end() {
        ended.countDown();
    }

    /** Waits for the end of a driver that was started. As in the original, an interrupt doesn't end the wait. */
    Status join() {
        synchronized (this) {
            if (!started) {
                return status;
            }
        }
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return status();
    }
}
