package org.nucleus.agent.view;

import java.time.Instant;
import java.util.List;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;

/** Several observers as one, told in order. */
public record Observers(List<Observer<AgentInput, Change.Durable, Effect>> all)
        implements Observer<AgentInput, Change.Durable, Effect> {
    public Observers {
        all = List.copyOf(all);
    }

    @Override
    public void stepped(Instant now, AgentInput input, Step<Change.Durable, Effect> step) {
        all.forEach(observer -> observer.stepped(now, input, step));
    }

    @Override
    public void batchReleased() {
        all.forEach(Observer::batchReleased);
    }
}
