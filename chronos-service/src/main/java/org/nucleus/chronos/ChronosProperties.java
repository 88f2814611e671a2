package org.nucleus.chronos;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Mechanism;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set, under the original's names.
 *
 * @param master the master: {@code zk://host:port,…/path} or {@code host:port}
 * @param zkHosts ZooKeeper servers, {@code host:port,…}
 * @param zkPath where Chronos keeps its election in ZooKeeper, below {@code candidate}
 * @param zk both in one: {@code zk://host:port,…/path}; wins over {@code zkHosts} and {@code zkPath}
 * @param zkAuth {@code user:password} for ZooKeeper
 * @param zkTimeout session timeout, in milliseconds if without a unit
 * @param hostname under which others reach this server
 * @param user for tasks of jobs that name none
 * @param clusterName named in the subjects of notices
 * @param failoverTimeout seconds for which the master keeps our tasks while we are away
 * @param mesosFrameworkName name of the framework
 * @param mesosRole role whose resources are used
 * @param mesosTaskCpu cpus of a job that asks for none
 * @param mesosTaskMem MiB of memory of a job that asks for none
 * @param mesosTaskDisk MiB of disk of a job that asks for none
 * @param mesosCheckpoint whether tasks survive a restart of their agent
 * @param mesosAuthenticationPrincipal who we are to the master; empty if it asks for nothing
 * @param mesosAuthenticationSecretFile file with the secret
 * @param mesosAuthenticationSecret the secret itself
 * @param mesosAuthenticationMechanism how we prove it: {@code CRAM_MD5} or {@code BASIC}
 * @param webuiUrl address shown in the master's pages
 * @param reconciliationInterval seconds between two complete reconciliations
 * @param declineOfferDuration how long a declined offer is not made again, in milliseconds if without a unit
 * @param failureRetry from a failure to the next attempt, in milliseconds if without a unit
 * @param disableAfterFailures failures in a row that disable a job; 0 for never
 * @param jobHistoryLimit runs shown in a job's statistics
 * @param historyRetention how long ended runs are kept
 * @param historyCount how many ended runs of a job are kept
 * @param ownerLimit how many tasks of the jobs of one owner run at a time; 0 for any number
 * @param mailServer mail server for notices, {@code host} or {@code host:port}
 * @param mailUser who we are to it, if it asks
 * @param mailPassword and the password
 * @param mailFrom sender of the mails; the user if not given
 * @param mailSsl whether the connection is encrypted from the start
 * @param slackUrl incoming webhook of Slack
 * @param mattermostUrl incoming webhook of Mattermost
 * @param httpNotificationUrl where notices are posted as flat JSON
 * @param httpNotificationCredentials {@code user:password} for that
 * @param httpPort port of the REST interface
 * @param httpAddress address to listen on; all if not given
 * @param httpCredentials {@code user:password} that callers must give
 * @param httpRealm realm they are asked for
 */
@ConfigurationProperties("nucleus.chronos")
public record ChronosProperties(
        @DefaultValue("localhost:5050") String master,
        @DefaultValue("localhost:2181") String zkHosts,
        @DefaultValue("/chronos/state") String zkPath,
        @Nullable String zk,
        @Nullable String zkAuth,
        @DefaultValue("10000") Duration zkTimeout,
        @Nullable String hostname,
        @DefaultValue("root") String user,
        @Nullable String clusterName,
        @DefaultValue("604800") double failoverTimeout,
        @DefaultValue("chronos") String mesosFrameworkName,
        @DefaultValue("*") String mesosRole,
        @DefaultValue("0.1") double mesosTaskCpu,
        @DefaultValue("128") double mesosTaskMem,
        @DefaultValue("256") double mesosTaskDisk,
        @DefaultValue("true") boolean mesosCheckpoint,
        @Nullable String mesosAuthenticationPrincipal,
        @Nullable Path mesosAuthenticationSecretFile,
        @Nullable String mesosAuthenticationSecret,
        @DefaultValue("CRAM_MD5") Mechanism mesosAuthenticationMechanism,
        @Nullable String webuiUrl,
        @DefaultValue("600") long reconciliationInterval,
        @DefaultValue("5000") Duration declineOfferDuration,
        @DefaultValue("60000") Duration failureRetry,
        @DefaultValue("0") int disableAfterFailures,
        @DefaultValue("5") int jobHistoryLimit,
        @DefaultValue("30days") Duration historyRetention,
        @DefaultValue("1000") int historyCount,
        @DefaultValue("0") int ownerLimit,
        @Nullable String mailServer,
        @Nullable String mailUser,
        @Nullable String mailPassword,
        @Nullable String mailFrom,
        @DefaultValue("false") boolean mailSsl,
        @Nullable String slackUrl,
        @Nullable String mattermostUrl,
        @Nullable String httpNotificationUrl,
        @Nullable String httpNotificationCredentials,
        @DefaultValue("8080") int httpPort,
        @Nullable String httpAddress,
        @Nullable String httpCredentials,
        @DefaultValue("chronos") String httpRealm) {

    /** Keeps secrets out of logs. */
    @Override
    public String toString() {
        return "ChronosProperties[master=" + master + ", zkHosts=" + zkHosts + ", httpPort=" + httpPort + "]";
    }
}
