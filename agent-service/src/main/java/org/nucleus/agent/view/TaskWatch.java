package org.nucleus.agent.view;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;

/** Tells when, after launches have stopped, the last task is gone and its end is stored. */
public final class TaskWatch implements Observer<AgentInput, Change.Durable, Effect> {
    private final AgentState state;
    private final CountDownLatch noneLeft = new CountDownLatch(1);

    public TaskWatch(AgentState state) {
        this.state = state;
    }

    /** @return false if {@code mostTime} was over first */
    public boolean awaitNone(Duration mostTime) throws InterruptedException {
        return noneLeft.await(mostTime.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void stepped(Instant now, AgentInput input, Step<Change.Durable, Effect> step) {
        // What counts is the state after a whole batch, which is stored.
    }

    @Override
    public void batchReleased() {
        if (state.launchesStopped() && !state.anyTaskAlive()) {
            noneLeft.countDown();
        }
    }
}
