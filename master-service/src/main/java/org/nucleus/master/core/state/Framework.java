package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.nucleus.machine.Ordered;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.FrameworkInfo.Capability;

/**
 * A framework that has not ended.
 *
 * @param roles it is subscribed to, in its order
 * @param suppressed those of its roles that want no offers
 */
public record Framework(KnownFramework known, SequencedSet<String> roles, SequencedSet<String> suppressed, Link link) {
    /** Whether and how a framework is connected. */
    public sealed interface Link {
        /** Known from the registry or from agents; not subscribed since this master's election. */
        record Recovered() implements Link {}

        /** Its stream is open. */
        record Connected(StreamId stream, Instant since) implements Link {}

        /** Its stream ended; its failover timeout runs. */
        record Disconnected(Instant since) implements Link {}
    }

    static Framework of(KnownFramework known, Link link) {
        return new Framework(known, rolesOf(known.info()), Ordered.setOf(known.suppressedRoles()), link);
    }

    /** The roles that {@code info} subscribes to: {@code roles} for MULTI_ROLE frameworks, else its {@code role}. */
    public static SequencedSet<String> rolesOf(FrameworkInfo info) {
        if (has(info, Capability.Type.MULTI_ROLE)) {
            return Ordered.setOf(info.roles());
        }
        String role = info.role();
        SequencedSet<String> roles = new LinkedHashSet<>(List.of(role == null ? "*" : role));
        return Ordered.setOf(roles);
    }

    public static boolean has(FrameworkInfo info, Capability.Type capability) {
        for (Capability each : info.capabilities()) {
            if (each.type() == capability) {
                return true;
            }
        }
        return false;
    }

    public FrameworkId id() {
        FrameworkId id = known.info().id();
        if (id == null) {
            throw new IllegalStateException("a known framework has an id");
        }
        return id;
    }

    public FrameworkInfo info() {
        return known.info();
    }

    public boolean has(Capability.Type capability) {
        return has(known.info(), capability);
    }

    public boolean isPartitionAware() {
        return has(Capability.Type.PARTITION_AWARE);
    }

    public boolean isMultiRole() {
        return has(Capability.Type.MULTI_ROLE);
    }

    public boolean isConnected() {
        return link instanceof Link.Connected;
    }

    public boolean isRecovered() {
        return link instanceof Link.Recovered;
    }

    /** Whether the allocator may offer it resources for {@code role}. */
    public boolean wantsOffers(String role) {
        return isConnected() && roles.contains(role) && !suppressed.contains(role);
    }

    Framework with(Link next) {
        return new Framework(known, roles, suppressed, next);
    }

    Framework with(KnownFramework next) {
        return of(next, link);
    }
}
