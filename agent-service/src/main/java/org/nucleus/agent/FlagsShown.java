package org.nucleus.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.api.About.Flag;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.containerizer.isolator.Isolator;

/** The flags that {@code /flags} shows: all but those that hold secrets. */
final class FlagsShown {
    private final List<Flag> flags = new ArrayList<>();

    private FlagsShown() {}

    static List<Flag> of(AgentProperties properties, Isolation isolation) {
        FlagsShown shown = new FlagsShown();
        shown.add("master", withoutSecret(properties.master()));
        shown.add("work_dir", properties.workDir());
        shown.add("runtime_dir", properties.runtimeDir());
        shown.add("ip", properties.ip());
        shown.add("port", properties.port());
        shown.add("hostname", properties.hostname());
        shown.add("advertise_ip", properties.advertiseIp());
        shown.add("advertise_port", properties.advertisePort());
        shown.add("resources", properties.resources());
        shown.add("resource_estimator", properties.resourceEstimator());
        shown.add("modules", properties.modules());
        shown.add("attributes", properties.attributes());
        shown.add("default_role", properties.defaultRole());
        shown.add(
                "executor_shutdown_grace_period",
                seconds(properties.executorShutdownGracePeriod().toMillis()));
        shown.add(
                "executor_registration_timeout",
                seconds(properties.executorRegistrationTimeout().toMillis()));
        shown.add(
                "executor_reregistration_timeout",
                seconds(properties.executorReregistrationTimeout().toMillis()));
        shown.add("recovery_timeout", seconds(properties.recoveryTimeout().toMillis()));
        shown.add("recover", properties.recover());
        shown.add("reconfiguration_policy", properties.reconfigurationPolicy());
        shown.add("strict", properties.strict());
        shown.add("gc_delay", seconds(properties.gcDelay().toMillis()));
        shown.add("gc_disk_headroom", properties.gcDiskHeadroom());
        shown.add("disk_watch_interval", seconds(properties.diskWatchInterval().toMillis()));
        shown.add("fetcher_cache_size", properties.fetcherCacheSize().toBytes() + "B");
        shown.add("fetcher_cache_dir", properties.fetcherCacheDir());
        shown.add("external_log_file", properties.externalLogFile());
        shown.add(
                "http_heartbeat_interval",
                seconds(properties.httpHeartbeatInterval().toMillis()));
        shown.add(
                "registration_backoff_factor",
                seconds(properties.registrationBackoffFactor().toMillis()));
        shown.add("switch_user", properties.switchUser());
        shown.add("isolation", Isolator.list(isolation.settings().isolators()));
        shown.add("launcher", isolation.settings().tracking() ? "linux" : "posix");
        shown.add("cgroups_root", properties.cgroupsRoot());
        shown.add("cgroups_enable_cfs", properties.cgroupsEnableCfs());
        shown.add("cgroups_limit_swap", properties.cgroupsLimitSwap());
        shown.add("container_pids_max", properties.containerPidsMax());
        shown.add(
                "container_disk_watch_interval",
                seconds(properties.containerDiskWatchInterval().toMillis()));
        shown.add("enforce_container_disk_quota", properties.enforceContainerDiskQuota());
        shown.add("containerizers", properties.containerizers());
        shown.docker(properties);
        shown.add("authenticate_http_readonly", properties.authenticateHttpReadonly());
        shown.add("authenticate_http_readwrite", properties.authenticateHttpReadwrite());
        return List.copyOf(shown.flags);
    }

    private void docker(AgentProperties properties) {
        add("docker_socket", properties.dockerSocket());
        add("docker_config", properties.dockerConfig());
        add("docker_kill_orphans", properties.dockerKillOrphans());
        add("docker_remove_delay", seconds(properties.dockerRemoveDelay().toMillis()));
        add("docker_pull_timeout", seconds(properties.dockerPullTimeout().toMillis()));
    }

    private void add(String name, @Nullable Object value) {
        if (value != null) {
            flags.add(new Flag(name, value.toString()));
        }
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + "secs" : millis + "ms";
    }

    /** A {@code zk://user:password@…} names its user only. */
    private static @Nullable String withoutSecret(@Nullable String master) {
        return master == null ? null : master.replaceFirst("(//[^:/@]*):[^@/]*@", "$1@");
    }
}
