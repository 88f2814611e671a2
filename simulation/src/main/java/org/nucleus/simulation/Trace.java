package org.nucleus.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;

/** What happened in a world: a checksum over all of it, and the last lines for whoever has to understand a failure. */
final class Trace {
    private final Agenda agenda;
    private final int kept;
    private final Deque<Line> lines = new ArrayDeque<>();
    private final CRC32C checksum = new CRC32C();
    private long length;

    /** Texts are made when somebody reads them: a message is its bytes until then. */
    private record Line(Instant at, String what, byte[] message) {
        @Override
        public String toString() {
            String text = new String(message, StandardCharsets.UTF_8);
            String time = at.toString().substring(11);
            return time + " " + what + (text.isEmpty() ? "" : " " + text);
        }
    }

    /** @param kept how many lines are kept for reading */
    Trace(Agenda agenda, int kept) {
        this.agenda = agenda;
        this.kept = kept;
    }

    void add(String what) {
        add(what, new byte[0]);
    }

    void add(String what, byte[] message) {
        Instant now = agenda.now();
        checksum.update(what.getBytes(StandardCharsets.UTF_8));
        checksum.update(message);
        checksum.update(now.getNano() >>> 16);
        checksum.update((int) now.getEpochSecond());
        length++;
        if (lines.size() == kept) {
            lines.removeFirst();
        }
        lines.addLast(new Line(now, what, message));
    }

    long checksum() {
        return checksum.getValue();
    }

    long length() {
        return length;
    }

    List<String> lastLines() {
        return lines.stream().map(Line::toString).toList();
    }
}
