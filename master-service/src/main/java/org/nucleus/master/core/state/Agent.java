package org.nucleus.master.core.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;

/**
 * An admitted agent. Unreachable and gone ones are only {@link KnownAgent}s.
 *
 * @param total what it has, with dynamic reservations and persistent volumes, unallocated; {@code known} says only what
 *     its operator configured
 */
public record Agent(KnownAgent known, Resources total, Link link) {
    /** Whether and how an agent is connected. */
    public sealed interface Link {
        /** Known from the registry; not heard of since this master's election. */
        record Recovered() implements Link {}

        /**
         * Its stream is open.
         *
         * @param missedPings pings sent since it was last heard
         */
        record Connected(StreamId stream, String address, Instant since, int missedPings) implements Link {}

        /** Its stream ended; it may register again until it is marked unreachable. */
        record Disconnected(String address, Instant since) implements Link {}
    }

    static Agent of(KnownAgent known, Link link) {
        return new Agent(known, Resources.of(known.info().resources()), link);
    }

    public AgentId id() {
        AgentId id = known.info().id();
        if (id == null) {
            throw new IllegalStateException("an admitted agent has an id");
        }
        return id;
    }

    public String hostname() {
        return known.info().hostname();
    }

    /** The IP address it was last heard from; absent if that was before this master's election. */
    public @Nullable String address() {
        return switch (link) {
            case Link.Recovered _ -> null;
            case Link.Connected connected -> connected.address();
            case Link.Disconnected disconnected -> disconnected.address();
        };
    }

    public boolean isConnected() {
        return link instanceof Link.Connected;
    }

    public boolean isRecovered() {
        return link instanceof Link.Recovered;
    }

    /** Whether the agent's software can do this. */
    public boolean has(AgentInfo.Capability.Type capability) {
        return known.capabilities().stream().anyMatch(each -> each.type() == capability);
    }

    Agent with(Resources reshaped) {
        return new Agent(known, reshaped, link);
    }

    Agent with(Link next) {
        return new Agent(known, total, next);
    }
}
