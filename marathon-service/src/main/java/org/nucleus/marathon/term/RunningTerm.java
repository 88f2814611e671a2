package org.nucleus.marathon.term;

import org.nucleus.machine.TimerQueue;
import org.nucleus.machine.Writer;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.marathon.probe.Prober;
import org.nucleus.marathon.scheduler.SchedulerLink;

/** The parts of a term that end with it. */
public record RunningTerm(
        Writer<MarathonInput, Change.Durable, Effect> writer,
        TimerQueue<TimerKey> timers,
        SchedulerLink link,
        Prober prober)
        implements Term {
    @Override
    public boolean offer(MarathonInput input) {
        return writer.offer(input);
    }

    @Override
    public void close() {
        link.close();
        timers.close();
        prober.close();
        writer.close();
    }
}
