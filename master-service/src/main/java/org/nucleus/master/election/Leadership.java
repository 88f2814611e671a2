package org.nucleus.master.election;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** This master's standing, for all who have to know it. Thread-safe. */
public final class Leadership {
    private final AtomicReference<Standing> standing = new AtomicReference<>(new Standing.Following(Optional.empty()));

    public Standing standing() {
        return standing.get();
    }

    /** The term this master leads in, if it does and is ready. */
    public Optional<MasterTerm> term() {
        return standing.get() instanceof Standing.Leading leading ? Optional.of(leading.term()) : Optional.empty();
    }

    /** {@code host:port} of the leading master, if one is known. */
    public Optional<String> leader() {
        return switch (standing.get()) {
            case Standing.Following following -> following.leader();
            case Standing.Recovering recovering -> Optional.empty();
            case Standing.Leading leading -> Optional.of(hostAndPort(leading.term()));
        };
    }

    void recovering() {
        standing.set(new Standing.Recovering());
    }

    void leading(MasterTerm term) {
        standing.set(new Standing.Leading(term));
    }

    void ended() {
        standing.set(new Standing.Following(Optional.empty()));
    }

    /** Somebody else's leadership was seen: that says nothing to a master which is elected itself. */
    void follow(Optional<String> leader) {
        standing.updateAndGet(now -> now instanceof Standing.Following ? new Standing.Following(leader) : now);
    }

    private static String hostAndPort(MasterTerm term) {
        return term.info().hostname() + ":" + term.info().port();
    }
}
