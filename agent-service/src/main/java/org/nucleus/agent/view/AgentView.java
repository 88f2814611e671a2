package org.nucleus.agent.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.outbound.Inbox;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;

/**
 * Gives readers pictures without touching the machine: the writer makes one between batches, when somebody asks and
 * the last is older than 100 ms. Thread-safe.
 */
public final class AgentView implements Observer<AgentInput, Change.Durable, Effect> {
    private static final Duration FRESH = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AgentState state;
    private final Inbox inbox;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition made = lock.newCondition();
    private @Nullable AgentPicture picture;
    private long takenAt;
    private boolean wanted;

    public AgentView(AgentState state, Inbox inbox) {
        this.state = state;
        this.inbox = inbox;
    }

    /** A picture at most 100 ms old; empty if the agent is starting, stopping, or too busy to give one within 5 s. */
    public Optional<AgentPicture> picture() throws InterruptedException {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (!isFresh() && left > 0) {
                if (!wanted) {
                    wanted = true;
                    inbox.offer(new AgentInput.LookWanted());
                }
                left = made.awaitNanos(left);
            }
            return isFresh() ? Optional.ofNullable(picture) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stepped(Instant now, AgentInput input, Step<Change.Durable, Effect> step) {
        // A picture is of the state after a whole batch.
    }

    @Override
    public void batchReleased() {
        lock.lock();
        try {
            if (wanted && state.isStarted()) {
                picture = AgentPicture.of(state);
                takenAt = System.nanoTime();
                wanted = false;
                made.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFresh() {
        return picture != null && System.nanoTime() - takenAt < FRESH.toNanos();
    }
}
