package org.nucleus.master.election;

import org.nucleus.master.core.state.MasterInput;

/** Where a leading master's inputs go. */
public interface Mailbox {
    /** False if it is full or the term has ended: the caller refuses its peer. */
    boolean offer(MasterInput input);

    /** Waits for room, for inputs that nobody can be refused; does nothing once the term has ended. */
    void put(MasterInput input) throws InterruptedException;

    /** How many inputs wait for the machine. */
    int waiting();
}
