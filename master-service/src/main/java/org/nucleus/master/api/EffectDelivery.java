package org.nucleus.master.api;

import java.util.List;
import org.nucleus.machine.Outbound;
import org.nucleus.machine.TimerQueue;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.WakeKey;

/** Hands every effect of a term to its peer's queue. */
public record EffectDelivery(OpenStreams schedulers, OpenStreams agents, Replies replies, TimerQueue<WakeKey> timers)
        implements Outbound<Effect> {
    @Override
    public void send(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.SendEvent send -> schedulers.deliver(send.stream(), send.event());
                case Effect.CloseStream close -> schedulers.close(close.stream());
                case Effect.SendToAgent send -> agents.deliver(send.stream(), send.event());
                case Effect.CloseAgentStream close -> agents.close(close.stream());
                case Effect.Reply reply -> replies.complete(reply);
                case Effect.Wake wake -> timers.wake(wake.key(), wake.due());
            }
        }
    }
}
