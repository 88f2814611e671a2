package org.apache.mesos;

import java.util.Map;

/** Drivers of executors that aren't processes of their own, for tests. */
public final class MesosExecutorDrivers {
    private MesosExecutorDrivers() {}

    public static MesosExecutorDriver in(Map<String, String> environment, Executor executor) {
        return new MesosExecutorDriver(executor, environment);
    }
}
