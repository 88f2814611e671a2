package org.nucleus.marathon.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.CheckStatusInfo;

/** A decided fact. Applying it decides nothing and cannot fail. */
public sealed interface Change {
    /** A fact that survives the process. */
    sealed interface Durable extends Change {}

    record FrameworkIdGiven(String id) implements Durable {}

    record FrameworkIdForgotten() implements Durable {}

    record AppStored(App app) implements Durable {}

    record AppRemoved(AppPath app, Version at) implements Durable {}

    record GroupStored(Group group) implements Durable {}

    record GroupRemoved(AppPath group, Version at) implements Durable {}

    record InstanceStored(Instance instance) implements Durable {}

    record InstanceForgotten(AppPath app, InstanceId instance) implements Durable {}

    record DeploymentStored(Deployment deployment) implements Durable {}

    record DeploymentEnded(String deployment) implements Durable {}

    record TaskFailed(Failure failure) implements Durable {}

    record LaunchDelayed(AppPath app, LaunchDelay delay) implements Durable {}

    record LaunchDelayReset(AppPath app) implements Durable {}

    /** Something that listeners are told, and may ask for again. */
    record Told(long id, MarathonEvent event) implements Durable {}

    /** Who did what. */
    record Audited(Instant at, Origin origin, String action, List<String> subjects, String outcome) implements Durable {
        public Audited {
            subjects = List.copyOf(subjects);
        }
    }

    /** What a failover may forget. */
    sealed interface Fleeting extends Change {}

    record RandomDrawn(long state) implements Fleeting {}

    record VersionTaken(Version version) implements Fleeting {}

    record Connected(boolean connected, @Nullable String region) implements Fleeting {}

    /** Whether offers are wanted, and whether some were declined since they were last asked for. */
    record OffersAsked(
            boolean wanted, boolean declined, @Nullable Instant revivedAt, int burst) implements Fleeting {}

    record OfferTallied(AppPath app, OfferTally tally) implements Fleeting {}

    record OfferTallyDropped(AppPath app) implements Fleeting {}

    /** A finding about an instance that readers may see. */
    sealed interface Seen extends Fleeting {
        InstanceId instance();
    }

    record HealthSeen(InstanceId instance, int check, Health health) implements Seen {}

    record ReadinessSeen(InstanceId instance, Readiness readiness) implements Seen {}

    record CheckSeen(InstanceId instance, int incarnation, String container, CheckStatusInfo result) implements Seen {}

    /** A value of a field that constraints speak of, on an agent that offers come from. */
    record AgentSeen(String agent, AgentFields fields) implements Fleeting {}

    /** An instance was killed for its health. */
    record HealthKilled(Instant at) implements Fleeting {}

    record RolesAsked(List<String> roles) implements Fleeting {
        public RolesAsked {
            roles = List.copyOf(roles);
        }
    }

    /** A task of what a deployment deploys has failed. */
    record DeploymentFailureCounted(String deployment, int failures) implements Fleeting {}

    /** How long the launches of one configuration are put off. */
    record LaunchDelay(Version configuration, Duration delay, Instant until) {}
}
