package org.nucleus.agent;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The agent's flags; {@code workDir} is {@code --work_dir} and {@code MESOS_WORK_DIR}.
 *
 * @param master where the masters are: {@code zk://host:port,…/path} or {@code host:port}
 * @param workDir the agent's directory: its memory, and the sandboxes of its tasks
 * @param runtimeDir accepted for compatibility; what must not survive a reboot is told apart by boot id
 * @param ip the address to listen on; all if not set
 * @param port to listen on
 * @param hostname the name under which the agent is known; the machine's if not set
 * @param advertiseIp the address at which others reach the agent, if it differs from {@code ip}
 * @param advertisePort the port at which others reach the agent, if it differs from {@code port}
 * @param resources what the agent offers, as text or JSON; cpus, mem, disk and ports are detected if not named
 * @param attributes of the agent, such as {@code rack:abc;zone:west}
 * @param defaultRole of resources that name no role
 * @param credential file with the principal and secret towards the master, as text or JSON
 * @param executorShutdownGracePeriod between asking a task to end and forcing it when its framework or the agent
 *     shuts down
 * @param executorRegistrationTimeout within which an executor must subscribe after its start, or is destroyed
 * @param executorReregistrationTimeout within which an executor must come back after the agent's restart
 * @param recoveryTimeout for which executors wait for a lost agent before they end themselves
 * @param executorEnvironmentVariables JSON object of variables every task sees
 * @param recover {@code reconnect} adopts tasks that still run, {@code cleanup} kills them and ends the agent
 * @param reconfigurationPolicy which changes of the agent's own facts a restart may bring: {@code equal} none,
 *     {@code additive} more of a resource, new resources and new attributes
 * @param strict whether the agent refuses to start on a memory that is damaged; else it starts as a new agent, and ends
 *     what it finds running
 * @param gcDelay how long sandboxes of ended tasks are kept
 * @param gcDiskHeadroom the part of the disk that is kept free by removing sandboxes earlier, 0 to 1
 * @param diskWatchInterval how often the disk is looked at while sandboxes wait to be removed
 * @param registrationBackoffFactor longest wait before the first attempt to register, doubled at each failure
 * @param switchUser run tasks as the user they or their framework ask for; else as the agent's
 * @param isolation what holds tasks back, names separated by commas: posix/cpu, posix/mem, posix/rlimits, disk/du,
 *     cgroups/cpu, cgroups/mem, cgroups/pids; cgroups/cpu,cgroups/mem where the machine allows it if not set, else
 *     posix/cpu,posix/mem
 * @param launcher {@code linux} keeps a task's processes together in a cgroup, {@code posix} in a session; linux if
 *     not set and the agent is root
 * @param containerizers {@code mesos}, or {@code docker,mesos} to run containers of type DOCKER too
 * @param dockerSocket where the Docker engine listens
 * @param dockerConfig file of credentials for image registries, as {@code docker login} writes it
 * @param dockerKillOrphans whether running containers of this agent that it does not remember are killed at its start
 * @param dockerRemoveDelay how long the engine keeps an ended container
 * @param dockerPullTimeout within which an image must have come
 * @param cgroupsRoot the directory of all tasks in each cgroup hierarchy
 * @param cgroupsEnableCfs whether what a task requests of the CPU is also the most it gets
 * @param cgroupsLimitSwap whether a task's limit of memory counts swap too
 * @param containerPidsMax processes and threads a task may have under cgroups/pids; 0 for any number
 * @param containerDiskWatchInterval how often disk/du measures sandboxes
 * @param enforceContainerDiskQuota whether a task ends whose sandbox holds more than its disk under disk/du
 * @param containerLogger where what tasks write goes: {@code sandbox}, files without bound, or {@code logrotate}, files
 *     of bounded size of which so many older ones are kept as the two options below say
 * @param maxStdoutSize under logrotate, the most that a task's stdout holds before it is rotated
 * @param logrotateStdoutOptions under logrotate, {@code rotate} and the number of older files to keep of stdout
 * @param maxStderrSize under logrotate, the most that a task's stderr holds before it is rotated
 * @param logrotateStderrOptions under logrotate, {@code rotate} and the number of older files to keep of stderr
 * @param httpCredentials file with principals and secrets that may use the agent's endpoints, as text or JSON
 * @param authenticateHttpReadonly whether reading endpoints ask who calls
 * @param authenticateHttpReadwrite whether writing endpoints ask who calls
 * @param fetcherStallTimeout a download slower than a byte a second for this long is given up
 * @param fetcherCacheSize how much disk the fetcher's cache may take, such as 2GB
 * @param fetcherCacheDir where the fetcher keeps what it may need again; below the work directory if not set
 * @param acls who may do what, as JSON or {@code file:///path}
 * @param httpHeartbeatInterval how often those who are attached to a container hear that the agent is there
 * @param externalLogFile a log file that somebody else writes, shown as {@code /slave/log}
 * @param resourceEstimator of what is offered beyond {@code resources}, to frameworks that take revocable resources:
 *     {@code org_apache_mesos_FixedResourceEstimator}, or none
 * @param modules as JSON or the path of a file of it: where the estimator's parameter {@code resources} is; libraries
 *     are not loaded
 * @param frameworksHome directory that relative URIs start from
 */
@ConfigurationProperties("nucleus.agent")
public record AgentProperties(
        @Nullable String master,
        @Nullable String workDir,
        @Nullable String runtimeDir,
        @Nullable String ip,
        @DefaultValue("5051") int port,
        @Nullable String hostname,
        @Nullable String advertiseIp,
        @Nullable Integer advertisePort,
        @DefaultValue("") String resources,
        @DefaultValue("") String attributes,
        @DefaultValue("*") String defaultRole,
        @Nullable Path credential,
        @DefaultValue("5s") Duration executorShutdownGracePeriod,
        @DefaultValue("1m") Duration executorRegistrationTimeout,
        @DefaultValue("2s") Duration executorReregistrationTimeout,
        @DefaultValue("15m") Duration recoveryTimeout,
        @DefaultValue("{}") String executorEnvironmentVariables,
        @DefaultValue("reconnect") String recover,
        @DefaultValue("equal") String reconfigurationPolicy,
        @DefaultValue("true") boolean strict,
        @DefaultValue("7d") Duration gcDelay,
        @DefaultValue("0.1") double gcDiskHeadroom,
        @DefaultValue("1m") Duration diskWatchInterval,
        @DefaultValue("1s") Duration registrationBackoffFactor,
        @DefaultValue("true") boolean switchUser,
        @Nullable String isolation,
        @Nullable String launcher,
        @DefaultValue("mesos") String containerizers,
        @DefaultValue("/var/run/docker.sock") Path dockerSocket,
        @Nullable Path dockerConfig,
        @DefaultValue("true") boolean dockerKillOrphans,
        @DefaultValue("6h") Duration dockerRemoveDelay,
        @DefaultValue("10m") Duration dockerPullTimeout,
        @DefaultValue("nucleus") String cgroupsRoot,
        @DefaultValue("false") boolean cgroupsEnableCfs,
        @DefaultValue("false") boolean cgroupsLimitSwap,
        @DefaultValue("4096") int containerPidsMax,
        @DefaultValue("15s") Duration containerDiskWatchInterval,
        @DefaultValue("false") boolean enforceContainerDiskQuota,
        @DefaultValue("sandbox") String containerLogger,
        @DefaultValue("10MB") DataSize maxStdoutSize,
        @DefaultValue("rotate 0") String logrotateStdoutOptions,
        @DefaultValue("10MB") DataSize maxStderrSize,
        @DefaultValue("rotate 0") String logrotateStderrOptions,
        @Nullable Path httpCredentials,
        @DefaultValue("false") boolean authenticateHttpReadonly,
        @DefaultValue("false") boolean authenticateHttpReadwrite,
        @DefaultValue("1m") Duration fetcherStallTimeout,
        @DefaultValue("2GB") DataSize fetcherCacheSize,
        @Nullable String fetcherCacheDir,
        @Nullable String acls,
        @DefaultValue("30s") Duration httpHeartbeatInterval,
        @Nullable Path externalLogFile,
        @Nullable String resourceEstimator,
        @Nullable String modules,
        @Nullable String frameworksHome) {

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "AgentProperties[master=" + master + ", workDir=" + workDir + ", port=" + port + "]";
    }
}
