package org.nucleus.marathon.core.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A decided fact. Applying it decides nothing and cannot fail. */
public sealed interface Change {
    /** A fact that survives the process. */
    sealed interface Durable extends Change {}

    record FrameworkIdGiven(String id) implements Durable {}

    record FrameworkIdForgotten() implements Durable {}

    record AppStored(App app) implements Durable {}

    record AppRemoved(AppPath app) implements Durable {}

    record GroupStored(Group group) implements Durable {}

    record GroupRemoved(AppPath group) implements Durable {}

    record InstanceStored(Instance instance) implements Durable {}

    record InstanceForgotten(AppPath app, InstanceId instance) implements Durable {}

    record DeploymentStored(Deployment deployment) implements Durable {}

    record DeploymentEnded(String deployment) implements Durable {}

    record TaskFailed(Failure failure) implements Durable {}

    /** What a failover may forget. */
    sealed interface Fleeting extends Change {}

    record RandomDrawn(long state) implements Fleeting {}

    record VersionTaken(Version version) implements Fleeting {}

    record Connected(boolean connected) implements Fleeting {}

    /** Whether offers are wanted, and whether some were declined since they were last asked for. */
    record OffersAsked(
            boolean wanted, boolean declined, @Nullable Instant revivedAt, int burst) implements Fleeting {}

    record LaunchDelayed(AppPath app, LaunchDelay delay) implements Fleeting {}

    record LaunchDelayReset(AppPath app) implements Fleeting {}

    record OfferTallied(AppPath app, OfferTally tally) implements Fleeting {}

    record OfferTallyDropped(AppPath app) implements Fleeting {}

    record HealthSeen(InstanceId instance, int check, Health health) implements Fleeting {}

    /** How long the launches of one configuration are put off. */
    record LaunchDelay(Version configuration, Duration delay, Instant until) {}
}
