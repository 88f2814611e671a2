package org.nucleus.master.registry;

import org.nucleus.machine.Journal;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.RegistrySnapshot;

/** What outlives a master: numbered terms, and the durable changes decided in them. */
public interface Registry {
    /**
     * Begins a new term; nobody of an earlier one can store anything from now on.
     *
     * @return the term's number, greater than all before
     * @throws Journal.Unavailable if the store can't be reached now
     */
    long elected();

    /**
     * All that was stored, of all terms.
     *
     * @throws Journal.Unavailable if the store can't be reached now
     */
    RegistrySnapshot recover();

    /** Where the changes of the term {@code epoch} go. */
    Journal<Change.Durable> journal(long epoch);
}
