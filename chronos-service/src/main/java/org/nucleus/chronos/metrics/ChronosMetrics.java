package org.nucleus.chronos.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.nucleus.chronos.core.run.Runs;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.leader.Leadership;
import org.nucleus.chronos.leader.Term;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;

/** Runs by outcome and job, how late they began, how long they waited and took, and what is going on now. */
public final class ChronosMetrics implements Observer<ChronosInput, Change.Durable, Effect> {
    private final MeterRegistry registry;

    public ChronosMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows what is going on in the term of {@code leadership}; all zero while there is none. */
    public void watch(Leadership leadership) {
        gauge(leadership, "chronos.leader", "1 while this server leads", _ -> 1);
        gauge(leadership, "chronos.jobs", "Jobs", term -> term.view().jobs().size());
        gauge(
                leadership,
                "chronos.runs.queued",
                "Runs that wait for offers",
                term -> term.view().count(Run::queued));
        gauge(
                leadership,
                "chronos.runs.running",
                "Runs with a task",
                term -> term.view().count(Run::launched));
        gauge(leadership, "chronos.mailbox", "Inputs that wait for the core", Term::waiting);
        gauge(leadership, "chronos.subscribed", "1 while subscribed", term -> term.isSubscribed() ? 1 : 0);
    }

    @Override
    public void stepped(Instant now, ChronosInput input, Step<Change.Durable, Effect> step) {
        for (Change.Durable change : step.durable()) {
            if (change instanceof Change.RunStored stored) {
                count(stored.run());
            }
        }
    }

    /** What became of the delivery of a notice. */
    public void notice(String channel, String outcome) {
        registry.counter("chronos.notices", "channel", channel, "outcome", outcome)
                .increment();
    }

    private void count(Run run) {
        switch (run.progress()) {
            case Progress.Queued _ -> queued(run);
            case Progress.Running running -> waited(Duration.between(run.enqueued(), running.started()));
            case Progress.Ended ended -> ended(run, ended);
            case Progress.Delayed _, Progress.Launching _, Progress.Reporting _ -> {
                // counted when they get further
            }
        }
    }

    private void queued(Run run) {
        if (run.key().cause() == Cause.SCHEDULE && run.key().attempt() == 0) {
            timer("chronos.schedule.lateness", "From when a run was due to when it was queued")
                    .record(Runs.lateness(run));
        }
    }

    private void waited(Duration wait) {
        timer("chronos.queue.wait", "From when a run was queued to when its task ran")
                .record(wait);
    }

    private void ended(Run run, Progress.Ended ended) {
        registry.counter(
                        "chronos.job.runs",
                        "job",
                        run.job(),
                        "outcome",
                        ended.outcome().name().toLowerCase(Locale.ROOT))
                .increment();
        if (ended.started() != null) {
            registry.timer("chronos.job.run.time", "job", run.job())
                    .record(Duration.between(ended.started(), ended.at()));
        }
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).register(registry);
    }

    private void gauge(Leadership leadership, String name, String description, ToDoubleFunction<Term> value) {
        Gauge.builder(
                        name,
                        leadership,
                        one -> one.term().map(value::applyAsDouble).orElse(0.0))
                .description(description)
                .register(registry);
    }
}
