package org.nucleus.marathon;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Marathon's flags, under the names of the original. Plain numbers of durations are milliseconds.
 *
 * @param master the masters: {@code zk://host:port/path} or {@code host:port}
 * @param zk where Marathons elect their leader: {@code zk://host:port/path}
 * @param httpPort port of the REST interface
 * @param httpAddress address to listen on; all if absent
 * @param hostname name under which others reach this Marathon; the machine's own if absent
 * @param frameworkName name of the framework
 * @param failoverTimeout seconds that the master keeps our tasks while we are away
 * @param mesosRole role under which resources are used
 * @param mesosUser user that tasks run as; who runs Marathon, if absent
 * @param mesosAuthenticationPrincipal who we are to the master
 * @param mesosAuthenticationSecret proof of that
 * @param mesosAuthenticationSecretFile file that holds the proof
 * @param mesosAuthentication whether to authenticate; done in any case once principal and secret are given
 * @param mesosAuthenticationMechanism {@code CRAM_MD5} or {@code BASIC}
 * @param webuiUrl where the page is; this server if absent
 * @param mesosLeaderUiUrl where the masters' page is
 * @param httpCredentials {@code user:password} that every caller must present; nobody is asked if absent
 * @param httpRealm realm named when credentials are asked for
 * @param localPortMin first service port
 * @param localPortMax first number above the service ports
 * @param taskLaunchTimeout a task that isn't running after so long is replaced
 * @param taskLaunchConfirmTimeout the same, for tasks of which nothing was heard
 * @param reconciliationInterval how often all tasks' states are asked for
 * @param declineOfferDuration for how long useless resources are not offered again
 * @param minReviveOffersInterval interval in which offers are asked for a bounded number of times
 * @param killRetryTimeout after how long a kill is repeated
 * @param maxRunningDeployments more are refused
 * @param maxInstancesPerOffer launches on one offer
 * @param enableFeatures comma-separated: {@code task_killing}, {@code secrets}, {@code gpu_resources}, {@code vips}
 * @param zkSessionTimeout after how long without a word from us another may lead
 * @param accessControlAllowOrigin origins, comma-separated, whose pages may read; none if absent
 * @param usersFile JSON file of users with their rights per group; only {@code httpCredentials} if absent
 * @param acceptedResourceRolesDefaultBehavior resources of apps that don't say: {@code any}, {@code unreserved} or
 *     {@code reserved}
 * @param newGroupEnforceRole whether new groups of the first level enforce their names as roles: {@code off} or
 *     {@code top}
 * @param defaultNetworkName of container networks without a name; they are refused if absent
 * @param mesosBridgeName the agents' network for bridged containers of Mesos' own kind
 * @param envVarsPrefix before the names of variables about ports and host
 * @param gpuSchedulingBehavior {@code restricted}: agents with GPUs are left to apps that ask for GPUs; or
 *     {@code unrestricted}
 * @param maintenanceMode whether agents that are to go down are avoided
 * @param drainingSeconds how many seconds before that they are
 * @param softConstraintPatience for how long a launch waits for an agent that breaks none of its soft constraints
 * @param labelChangesRestart whether a change of labels alone restarts an app, as with the original
 * @param killsPerBatch so many instances at most are killed for their health within the duration below
 * @param killBatchDuration see above
 * @param eventStreamMaxOutstandingMessages events that may wait for a slow listener
 * @param httpMaxConcurrentRequests more are refused with 503; as many as come if absent
 */
@ConfigurationProperties("nucleus.marathon")
public record MarathonProperties(
        String master,
        @DefaultValue("zk://localhost:2181/marathon") String zk,
        @DefaultValue("8080") int httpPort,
        @Nullable String httpAddress,
        @Nullable String hostname,
        @DefaultValue("marathon") String frameworkName,
        @DefaultValue("604800") long failoverTimeout,
        @DefaultValue("*") String mesosRole,
        @Nullable String mesosUser,
        @Nullable String mesosAuthenticationPrincipal,
        @Nullable String mesosAuthenticationSecret,
        @Nullable Path mesosAuthenticationSecretFile,
        @DefaultValue("false") boolean mesosAuthentication,
        @DefaultValue("CRAM_MD5") String mesosAuthenticationMechanism,
        @Nullable String webuiUrl,
        @Nullable String mesosLeaderUiUrl,
        @Nullable String httpCredentials,
        @DefaultValue("Mesosphere") String httpRealm,
        @DefaultValue("10000") int localPortMin,
        @DefaultValue("20000") int localPortMax,
        @DefaultValue("5m") Duration taskLaunchTimeout,
        @DefaultValue("5m") Duration taskLaunchConfirmTimeout,
        @DefaultValue("10m") Duration reconciliationInterval,
        @DefaultValue("2m") Duration declineOfferDuration,
        @DefaultValue("5s") Duration minReviveOffersInterval,
        @DefaultValue("30s") Duration killRetryTimeout,
        @DefaultValue("100") int maxRunningDeployments,
        @DefaultValue("5") int maxInstancesPerOffer,
        @DefaultValue("") String enableFeatures,
        @DefaultValue("10s") Duration zkSessionTimeout,
        @Nullable String accessControlAllowOrigin,
        @Nullable Path usersFile,
        @DefaultValue("any") String acceptedResourceRolesDefaultBehavior,
        @DefaultValue("off") String newGroupEnforceRole,
        @Nullable String defaultNetworkName,
        @DefaultValue("mesos-bridge") String mesosBridgeName,
        @DefaultValue("") String envVarsPrefix,
        @DefaultValue("restricted") String gpuSchedulingBehavior,
        @DefaultValue("true") boolean maintenanceMode,
        @DefaultValue("0") long drainingSeconds,
        @DefaultValue("10s") Duration softConstraintPatience,
        @DefaultValue("false") boolean labelChangesRestart,
        @DefaultValue("100") int killsPerBatch,
        @DefaultValue("10s") Duration killBatchDuration,
        @DefaultValue("1024") int eventStreamMaxOutstandingMessages,
        @Nullable Integer httpMaxConcurrentRequests) {

    /** The name under which others reach this machine. */
    public String reachableHost() {
        if (hostname != null) {
            return hostname;
        }
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine without a name is reached by itself alone
        }
    }

    public String taskUser() {
        return mesosUser == null ? System.getProperty("user.name") : mesosUser;
    }

    public Set<String> features() {
        Set<String> features = new LinkedHashSet<>();
        for (String feature : enableFeatures.split(",")) {
            if (!feature.isBlank()) {
                features.add(feature.strip());
            }
        }
        return features;
    }

    /** Keeps secrets out of logs. */
    @Override
    public String toString() {
        return "MarathonProperties[master=" + master + ", httpPort=" + httpPort + "]";
    }
}
