package org.nucleus.marathon.term;

import java.util.List;
import java.util.function.BiConsumer;
import org.nucleus.machine.Outbound;
import org.nucleus.machine.TimerQueue;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.MarathonEvent;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.marathon.probe.Prober;
import org.nucleus.marathon.scheduler.SchedulerLink;
import org.nucleus.marathon.view.ClusterView;
import org.nucleus.service.flags.Exit;

/** Hands each released effect to whoever carries it out. */
public record Releases(
        Questions questions,
        SchedulerLink link,
        BiConsumer<Long, MarathonEvent> listeners,
        TimerQueue<TimerKey> timers,
        Sight sight,
        Exit exit)
        implements Outbound<Effect> {
    /** Those who look at tasks, and where it is shown what they see. */
    public record Sight(Prober prober, ClusterView view) {}

    @Override
    public void send(List<Effect> effects) {
        effects.forEach(this::release);
    }

    private void release(Effect effect) {
        switch (effect) {
            case Effect.Reply(var token, var answer) -> questions.answer(token, answer);
            case Effect.SendCall(var call) -> link.send(call);
            case Effect.Publish(var id, var event) -> listeners.accept(id, event);
            case Effect.Wake(var key, var due) -> timers.wake(key, due);
            case Effect.RunProbe probe -> sight.prober().run(probe);
            case Effect.RunReadiness probe -> sight.prober().run(probe);
            case Effect.Show(var seen) -> sight.view().show(seen);
            case Effect.TakeRoles(var roles) -> link.takeRoles(roles);
            case Effect.Stop(var code, var reason) -> exit.exit(code, reason);
        }
    }
}
