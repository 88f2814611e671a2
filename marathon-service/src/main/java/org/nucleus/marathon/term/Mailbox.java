package org.nucleus.marathon.term;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Writer;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.MarathonInput;

/** The way into the writer for those who are made before it: timers, the link to the master, probes. */
public final class Mailbox implements Consumer<MarathonInput> {
    private final AtomicReference<@Nullable Writer<MarathonInput, Change.Durable, Effect>> writer =
            new AtomicReference<>();

    public void lead(Writer<MarathonInput, Change.Durable, Effect> to) {
        writer.set(to);
    }

    /** Waits for room: these inputs may not be refused. */
    @Override
    public void accept(MarathonInput input) {
        var to = writer.get();
        if (to == null) {
            return;
        }
        try {
            to.put(input);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        }
    }
}
