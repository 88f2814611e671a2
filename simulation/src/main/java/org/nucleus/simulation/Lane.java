package org.nucleus.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** One direction of a connection: what is sent arrives later, or, once it is cut, not at all. */
final class Lane {
    private static final Object END = new Object();

    private final Weather weather;
    private final Path.Way way;
    private final Manner manner;
    private final Consumer<Object> onMessage;
    private final Runnable onEnd;
    private final Deque<Packet> packets = new ArrayDeque<>();
    private boolean booked;
    private boolean cut;

    /** What becomes of the order of messages. */
    enum Manner {
        /** A stream, or requests of which each waits for the answer to the one before. */
        IN_ORDER,
        /** Requests that don't wait for each other. */
        OVERTAKING
    }

    /** Compared by identity: a message may be on its way twice. */
    private static final class Packet {
        private final Object message;
        private final Instant arrives;

        private Packet(Object message, Instant arrives) {
            this.message = message;
            this.arrives = arrives;
        }
    }

    Lane(Weather weather, Path.Way way, Manner manner, Consumer<Object> onMessage, Runnable onEnd) {
        this.weather = weather;
        this.way = way;
        this.manner = manner;
        this.onMessage = onMessage;
        this.onEnd = onEnd;
    }

    void send(Object message) {
        if (!cut) {
            Packet packet = new Packet(message, weather.now().plus(way.delay(weather)));
            packets.addLast(packet);
            if (manner == Manner.OVERTAKING) {
                weather.agenda().at(way.passes(packet.arrives), () -> arriveAlone(packet));
            } else {
                book();
            }
        }
    }

    /** The sender closes in order: the receiver hears of it after all that was sent before. */
    void end() {
        send(END);
    }

    /** Nothing more is taken on; what is on its way arrives or is lost. */
    void cut(boolean arrives) {
        cut = true;
        if (!arrives) {
            packets.clear();
        }
    }

    private void book() {
        Packet head = packets.peekFirst();
        if (head != null && !booked) {
            booked = true;
            weather.agenda().at(way.passes(head.arrives), this::arrive);
        }
    }

    private void arrive() {
        booked = false;
        Packet head = packets.peekFirst();
        if (head == null) {
            return;
        }
        if (!way.passes(head.arrives).isAfter(weather.now())) {
            packets.removeFirst();
            deliver(head);
        }
        book();
    }

    private void arriveAlone(Packet packet) {
        Instant passes = way.passes(packet.arrives);
        if (passes.isAfter(weather.now())) {
            weather.agenda().at(passes, () -> arriveAlone(packet));
        } else if (packets.remove(packet)) {
            deliver(packet);
        }
    }

    private void deliver(Packet packet) {
        if (packet.message == END) {
            onEnd.run();
        } else {
            onMessage.accept(packet.message);
        }
    }
}
