package org.nucleus.agent.outbound;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.machine.Writer;

/** The writer's mailbox for those who are made before the writer is: they wait until it is there. Thread-safe. */
public final class Inbox {
    private final CompletableFuture<Writer<AgentInput, Change.Durable, Effect>> writer = new CompletableFuture<>();

    public void bind(Writer<AgentInput, Change.Durable, Effect> made) {
        writer.complete(made);
    }

    /** Waits for room: what happened to a container or a timer can't be refused. */
    public void put(AgentInput input) throws InterruptedException {
        try {
            writer.get().put(input);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // completed with a value only
        }
    }

    /** For threads that are nobody's to interrupt. */
    public void tell(AgentInput input) {
        try {
            put(input);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false if the mailbox is full or the writer has ended */
    public boolean offer(AgentInput input) {
        @Nullable Writer<AgentInput, Change.Durable, Effect> made = writer.getNow(null);
        return made != null && made.offer(input);
    }
}
