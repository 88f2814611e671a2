package org.nucleus.marathon.core.state;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The identity of a revision: an instant in whole milliseconds, written as ISO 8601 with exactly three decimals. */
public record Version(Instant at) implements Comparable<Version> {
    public static final Version NONE = new Version(Instant.EPOCH);

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    public Version {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** @throws java.time.format.DateTimeParseException if {@code text} is no ISO 8601 instant */
    public static Version parse(String text) {
        return new Version(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
    }

    public static String text(Instant instant) {
        return ISO.format(instant);
    }

    /** The first version that is neither before {@code now} nor at or before this one. */
    public Version next(Instant now) {
        Version candidate = new Version(now);
        return candidate.compareTo(this) > 0 ? candidate : new Version(at.plusMillis(1));
    }

    @Override
    public int compareTo(Version other) {
        return at.compareTo(other.at);
    }

    @Override
    public String toString() {
        return ISO.format(at);
    }
}
