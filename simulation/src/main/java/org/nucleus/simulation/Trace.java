package org.nucleus.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What happened in a world: a checksum over what and when, one over the contents of messages as far as they travelled
 * as bytes, and the last lines for whoever has to understand a failure.
 */
final class Trace {
    private final Agenda agenda;
    private final int kept;
    private final Deque<Line> lines = new ArrayDeque<>();
    private final CRC32C checksum = new CRC32C();
    private final CRC32C contents = new CRC32C();
    private long length;

    /** Texts are made when somebody reads them: a message is what travelled until then. */
    private record Line(Instant at, String what, Object message) {
        @Override
        public String toString() {
            String text = message instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : String.valueOf(message);
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
        add(what, "");
    }

    /** @param message as {@link Wire} packed it */
    void add(String what, Object message) {
        Instant now = agenda.now();
        checksum.update(what.getBytes(StandardCharsets.UTF_8));
        if (message instanceof byte[] bytes) {
            contents.update(bytes);
        }
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

    /** Of the messages that travelled as bytes. */
    long contents() {
        return contents.getValue();
    }

    long length() {
        return length;
    }

    List<String> lastLines() {
        return lines.stream().map(Line::toString).toList();
    }
}
