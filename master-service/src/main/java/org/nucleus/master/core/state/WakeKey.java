package org.nucleus.master.core.state;

import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;

/** What an alarm is for. An alarm set again for an equal key replaces the earlier one. */
public sealed interface WakeKey {
    /** Resources were freed or demand came up: offer them. */
    record AllocationDue() implements WakeKey {}

    /** The earliest offer filter ends. */
    record FiltersExpire() implements WakeKey {}

    /** The oldest outstanding offer reaches the offer timeout. */
    record OffersExpire() implements WakeKey {}

    /** A disconnected framework's failover timeout ends. */
    record FailoverTimeout(FrameworkId framework) implements WakeKey {}

    /** Time to ping a connected agent, and to see whether it answered the last ping. */
    record PingDue(AgentId agent) implements WakeKey {}

    /** A disconnected agent has had its time to register again. */
    record ReregisterTimeout(AgentId agent) implements WakeKey {}

    /** It is a silent agent's turn to be given up. */
    record RemovalDue(AgentId agent) implements WakeKey {}

    /** Time to look at all agents, for quotas and maintenance reach across them. */
    record BatchDue() implements WakeKey {}

    /** The agents known from the registry have had their time to come back after this master's election. */
    record RecoveryWindow() implements WakeKey {}

    /** Old unreachable and gone agents may be forgotten. */
    record RegistryCleanup() implements WakeKey {}
}
