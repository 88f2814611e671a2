package org.nucleus.master;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The master's flags, by the original's names.
 *
 * @param zk where masters are elected and found, {@code zk://[user:password@]host1:port1,host2:port2/path}; without it,
 *     this master is the only one
 * @param workDir directory of the original for its registry; the registry is in the database
 * @param ip address to listen on
 * @param port port to listen on
 * @param hostname name under which others reach this master; its address by default
 * @param advertiseIp address under which others reach this master, if it differs
 * @param advertisePort port under which others reach this master, if it differs
 * @param cluster name of the cluster, for people
 * @param credentials file of principals and secrets, as JSON or lines of text
 * @param authenticateFrameworks whether frameworks must authenticate
 * @param authenticateHttpFrameworks whether frameworks must authenticate
 * @param authenticateAgents whether agents must authenticate
 * @param authenticateHttpReadonly whether those who only look must authenticate
 * @param authenticateHttpReadwrite whether operators who change something must authenticate
 * @param acls who may do what, as JSON or {@code file:///path}
 * @param agentPingTimeout time between pings of an agent, and in which it must answer
 * @param maxAgentPingTimeouts unanswered pings after which an agent is unreachable
 * @param agentReregisterTimeout time that known agents have to come back after an election
 * @param allocationInterval least time that an offer filter lasts
 * @param allocationDelay how long freed resources wait for others, to be offered together
 * @param minAllocatableResources the least worth offering: alternatives separated by a bar
 * @param offerTimeout after which an unanswered offer is rescinded; 0ns for never
 * @param filterGpuResources whether agents with gpus are offered only to frameworks that can use them
 * @param roles the only roles that frameworks may use, separated by commas; all by default
 * @param weights of roles in the allocation, {@code role=weight} separated by commas
 * @param rootSubmissions whether frameworks may run tasks as root
 * @param maxCompletedFrameworks ended frameworks that are remembered
 * @param maxCompletedTasksPerFramework ended tasks of a framework that are remembered
 * @param maxUnreachableTasksPerFramework unreachable tasks of a framework that are remembered
 * @param registryStoreTimeout how long storing is tried again before the master gives up
 * @param registryGcInterval time between looks for agents that are gone for too long
 * @param registryMaxAgentAge how long unreachable and gone agents are remembered
 * @param registryMaxAgentCount how many unreachable and gone agents are remembered
 * @param offerConstraintsRe2MaxProgramSize how complex a regular expression of offer constraints may be
 * @param requireAgentDomain whether agents must say in which fault domain they are
 * @param domain fault domain of this master, as the JSON of a DomainInfo
 * @param agentRemovalRateLimit how many silent agents are given up in which time, such as 1/10mins; all at once by
 *     default
 * @param publishPerFrameworkMetrics whether /metrics/snapshot has figures of each framework
 * @param externalLogFile a log file that somebody else writes, shown as {@code /master/log}
 * @param zkSessionTimeout after which ZooKeeper takes this master for dead
 * @param loggingLevel least level that is logged: INFO, WARNING or ERROR
 */
@ConfigurationProperties("nucleus.master")
public record MasterProperties(
        @Nullable String zk,
        @Nullable Path workDir,
        @DefaultValue("0.0.0.0") String ip,
        @DefaultValue("5050") int port,
        @Nullable String hostname,
        @Nullable String advertiseIp,
        @Nullable Integer advertisePort,
        @Nullable String cluster,
        @Nullable Path credentials,
        @DefaultValue("false") boolean authenticateFrameworks,
        @DefaultValue("false") boolean authenticateHttpFrameworks,
        @DefaultValue("false") boolean authenticateAgents,
        @DefaultValue("false") boolean authenticateHttpReadonly,
        @DefaultValue("false") boolean authenticateHttpReadwrite,
        @Nullable String acls,
        @DefaultValue("15secs") Duration agentPingTimeout,
        @DefaultValue("5") int maxAgentPingTimeouts,
        @DefaultValue("10mins") Duration agentReregisterTimeout,
        @DefaultValue("1secs") Duration allocationInterval,
        @DefaultValue("5ms") Duration allocationDelay,
        @DefaultValue("cpus:0.01|mem:32") String minAllocatableResources,
        @DefaultValue("2mins") Duration offerTimeout,
        @DefaultValue("true") boolean filterGpuResources,
        @Nullable String roles,
        @Nullable String weights,
        @DefaultValue("true") boolean rootSubmissions,
        @DefaultValue("50") int maxCompletedFrameworks,
        @DefaultValue("1000") int maxCompletedTasksPerFramework,
        @DefaultValue("1000") int maxUnreachableTasksPerFramework,
        @DefaultValue("20secs") Duration registryStoreTimeout,
        @DefaultValue("15mins") Duration registryGcInterval,
        @DefaultValue("2weeks") Duration registryMaxAgentAge,
        @DefaultValue("102400") int registryMaxAgentCount,
        @DefaultValue("100") int offerConstraintsRe2MaxProgramSize,
        @DefaultValue("false") boolean requireAgentDomain,
        @Nullable String domain,
        @Nullable String agentRemovalRateLimit,
        @DefaultValue("true") boolean publishPerFrameworkMetrics,
        @Nullable Path externalLogFile,
        @DefaultValue("10secs") Duration zkSessionTimeout,
        @DefaultValue("INFO") String loggingLevel) {
    /** Whether anybody must authenticate. */
    public boolean authenticatesAnybody() {
        return authenticateFrameworks
                || authenticateHttpFrameworks
                || authenticateAgents
                || authenticateHttpReadonly
                || authenticateHttpReadwrite;
    }
}
