package org.nucleus.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** One direction of a connection: what is sent arrives later and in order, or, once it is cut, not at all. */
final class Lane {
    private static final byte[] END = new byte[0];

    private final Weather weather;
    private final Path path;
    private final Consumer<byte[]> onMessage;
    private final Runnable onEnd;
    private final Deque<Packet> packets = new ArrayDeque<>();
    private boolean booked;
    private boolean cut;

    private record Packet(byte[] message, Instant arrives) {}

    Lane(Weather weather, Path path, Consumer<byte[]> onMessage, Runnable onEnd) {
        this.weather = weather;
        this.path = path;
        this.onMessage = onMessage;
        this.onEnd = onEnd;
    }

    void send(byte[] message) {
        if (!cut) {
            packets.addLast(new Packet(message, weather.now().plus(weather.networkDelay())));
            book();
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
            Instant opens = path.cutUntil();
            weather.agenda().at(head.arrives().isAfter(opens) ? head.arrives() : opens, this::arrive);
        }
    }

    private void arrive() {
        booked = false;
        Packet head = packets.peekFirst();
        if (head == null) {
            return;
        }
        Instant now = weather.now();
        if (!head.arrives().isAfter(now) && !path.cutUntil().isAfter(now)) {
            packets.removeFirst();
            if (head.message() == END) {
                onEnd.run();
            } else {
                onMessage.accept(head.message());
            }
        }
        book();
    }
}
