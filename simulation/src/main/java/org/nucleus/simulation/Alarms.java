package org.nucleus.simulation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * The timer queue of one process under virtual time: an alarm set again replaces the earlier one, and each goes off
 * once, by the clock of its machine.
 */
final class Alarms<K> {
    private final Agenda agenda;
    private final NodeClock clock;
    private final Consumer<K> onFired;
    private final SequencedMap<K, Alarm> current = new LinkedHashMap<>();
    private boolean stopped;

    /** Compared by identity: which of the alarms that a key had is the current one. */
    private static final class Alarm {
        private final Instant due;

        private Alarm(Instant due) {
            this.due = due;
        }
    }

    Alarms(Agenda agenda, NodeClock clock, Consumer<K> onFired) {
        this.agenda = agenda;
        this.clock = clock;
        this.onFired = onFired;
        clock.onJump(this::rebook);
    }

    void wake(K key, Instant due) {
        Alarm alarm = new Alarm(due);
        current.put(key, alarm);
        book(key, alarm);
    }

    void cancel(K key) {
        current.remove(key);
    }

    void stop() {
        stopped = true;
        current.clear();
    }

    private void book(K key, Alarm alarm) {
        agenda.at(clock.trueTime(alarm.due), () -> fire(key, alarm));
    }

    private void fire(K key, Alarm alarm) {
        if (!stopped && current.get(key) == alarm) {
            current.remove(key);
            onFired.accept(key);
        }
    }

    private void rebook() {
        for (Map.Entry<K, Alarm> entry : current.entrySet()) {
            book(entry.getKey(), entry.getValue());
        }
    }
}
