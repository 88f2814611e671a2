package org.nucleus.master.election;

import java.util.Optional;

/** What this master is to the cluster at a moment. */
public sealed interface Standing {
    /** Another one leads, or nobody does. @param leader {@code host:port} of the leading master */
    record Following(Optional<String> leader) implements Standing {}

    /** Elected, and reading what earlier leaders stored. */
    record Recovering() implements Standing {}

    /** The leader. */
    record Leading(MasterTerm term) implements Standing {}
}
