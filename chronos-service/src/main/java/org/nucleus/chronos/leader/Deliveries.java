package org.nucleus.chronos.leader;

import java.util.List;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.scheduler.SchedulerLink;
import org.nucleus.machine.Outbound;
import org.nucleus.machine.TimerQueue;

/** Hands released effects to those who carry them out. */
final class Deliveries implements Outbound<Effect> {
    private final SchedulerLink link;
    private final TimerQueue<Alarm> timers;
    private final Replies replies;

    Deliveries(SchedulerLink link, TimerQueue<Alarm> timers, Replies replies) {
        this.link = link;
        this.timers = timers;
        this.replies = replies;
    }

    @Override
    public void send(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.SendCall send -> link.send(send.call());
                case Effect.Wake wake -> timers.wake(wake.alarm(), wake.due());
                case Effect.Reply reply -> replies.give(reply.request(), reply.answer());
                case Effect.Resubscribe again -> link.resubscribe(again.framework());
            }
        }
    }
}
