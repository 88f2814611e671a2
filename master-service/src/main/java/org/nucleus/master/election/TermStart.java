package org.nucleus.master.election;

import java.util.function.Consumer;
import org.nucleus.master.core.state.MasterInput;

/** Builds a fresh machine with its writer and runs it. */
@FunctionalInterface
public interface TermStart {
    /**
     * @param elected the machine's first input
     * @param onFatal told when the machine has stopped by itself: the process must not go on
     */
    MasterTerm begin(MasterInput.Elected elected, Consumer<Throwable> onFatal);
}
