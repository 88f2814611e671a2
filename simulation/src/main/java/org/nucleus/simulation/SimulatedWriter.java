package org.nucleus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.nucleus.machine.Journal;
import org.nucleus.machine.Machine;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Outbound;
import org.nucleus.machine.Step;

/**
 * The writer under virtual time: steps what waits as one batch, commits, then releases the effects. A commit may take a
 * while, during which inputs wait; a process that ends in between has stored all of the batch or nothing, and its
 * effects never left.
 */
final class SimulatedWriter<I, C, F> {
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(20);

    private final Weather weather;
    private final Parts<I, C, F> parts;
    private final List<I> mailbox = new ArrayList<>();
    private boolean busy;
    private boolean ended;

    /**
     * What a writer joins together.
     *
     * @param observer sees each step when it was made, before anything of it is stored
     * @param onFatal told once, when the writer has ended by itself
     */
    record Parts<I, C, F>(
            Machine<I, C, F> machine,
            NodeClock clock,
            Journal<C> journal,
            Outbound<F> outbound,
            Observer<I, C, F> observer,
            Consumer<String> onFatal) {}

    SimulatedWriter(Weather weather, Parts<I, C, F> parts) {
        this.weather = weather;
        this.parts = parts;
    }

    void offer(I input) {
        if (ended) {
            return;
        }
        mailbox.add(input);
        if (!busy) {
            busy = true;
            if (weather.fault(0.1)) {
                weather.agenda().in(weather.lot().millis(1, 30), this::runBatches);
            } else {
                runBatches();
            }
        }
    }

    /** The process is gone: nothing of the batch in work leaves any more. */
    void end() {
        ended = true;
        mailbox.clear();
    }

    private void runBatches() {
        while (!ended) {
            if (mailbox.isEmpty()) {
                busy = false;
                return;
            }
            List<C> durable = new ArrayList<>();
            List<F> effects = new ArrayList<>();
            stepAll(durable, effects);
            if (weather.strikesHere()) {
                dieAmid(durable, effects);
                return;
            }
            if (!durable.isEmpty() && weather.fault(0.03)) {
                commitLate(durable, effects);
                return;
            }
            if (durable.isEmpty() || commit(durable)) {
                parts.outbound().send(effects);
            }
        }
    }

    private void stepAll(List<C> durable, List<F> effects) {
        for (I input : takeAll()) {
            Instant now = parts.clock().now();
            Step<C, F> step = parts.machine().step(now, input);
            parts.observer().stepped(now, input, step);
            durable.addAll(step.durable());
            effects.addAll(step.effects());
        }
    }

    /** The process is killed before the commit, after it, or when some of the effects have left. */
    private void dieAmid(List<C> durable, List<F> effects) {
        int when = weather.lot().below(3);
        if (when == 0) {
            weather.coverage().passed("process killed before its commit");
        } else if (durable.isEmpty() || commit(durable)) {
            int left = when == 1 ? 0 : weather.lot().between(0, effects.size());
            weather.coverage()
                    .passed(left == 0 ? "process killed after its commit" : "process killed amid its effects");
            parts.outbound().send(List.copyOf(effects.subList(0, left)));
        }
        fail("killed");
    }

    private List<I> takeAll() {
        List<I> batch = List.copyOf(mailbox);
        mailbox.clear();
        return batch;
    }

    private void commitLate(List<C> durable, List<F> effects) {
        if (weather.lot().chance(0.05)) {
            weather.agenda().in(STORE_TIMEOUT, () -> fail("the store is out of reach"));
            return;
        }
        Duration until = weather.lot().millis(1, 3_000);
        weather.agenda().in(until, () -> {
            if (!ended && commit(durable)) {
                weather.agenda().in(weather.lot().millis(0, 200), () -> release(effects));
            }
        });
    }

    private void release(List<F> effects) {
        if (!ended) {
            parts.outbound().send(effects);
            runBatches();
        }
    }

    private boolean commit(List<C> durable) {
        try {
            parts.journal().commit(durable);
            return true;
        } catch (Journal.Deposed e) {
            fail("deposed");
            return false;
        }
    }

    private void fail(String reason) {
        if (!ended) {
            end();
            parts.onFatal().accept(reason);
        }
    }
}
