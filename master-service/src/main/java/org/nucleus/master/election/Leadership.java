package org.nucleus.master.election;

import java.util.Optional;

/** This master's standing, for all who have to know it. Thread-safe. */
public final class Leadership {
    private volatile Standing standing = new Standing.Following(Optional.empty());

    public Standing standing() {
        return standing;
    }

    /** The term this master leads in, if it does and is ready. */
    public Optional<MasterTerm> term() {
        return standing instanceof Standing.Leading leading ? Optional.of(leading.term()) : Optional.empty();
    }

    /** {@code host:port} of the leading master, if one is known. */
    public Optional<String> leader() {
        return switch (standing) {
            case Standing.Following following -> following.leader();
            case Standing.Recovering recovering -> Optional.empty();
            case Standing.Leading leading -> Optional.of(hostAndPort(leading.term()));
        };
    }

    synchronized void recovering() {
        standing = new Standing.Recovering();
    }

    synchronized void leading(MasterTerm term) {
        standing = new Standing.Leading(term);
    }

    synchronized void ended() {
        standing = new Standing.Following(Optional.empty());
    }

    /** Somebody else's leadership was seen: that says nothing to a master which is elected itself. */
    synchronized void follow(Optional<String> leader) {
        if (standing instanceof Standing.Following) {
            standing = new Standing.Following(leader);
        }
    }

    private static String hostAndPort(MasterTerm term) {
        return term.info().hostname() + ":" + term.info().port();
    }
}
