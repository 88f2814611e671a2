package org.apache.mesos;

import org.jspecify.annotations.Nullable;

/** Stands where the original loads {@code libmesos}: there is nothing to load, so loading always succeeds. */
public class MesosNativeLibrary {
    /** The release of the original whose API and behaviour the drivers have. */
    public static final String VERSION = "1.11.0";

    /** A version of three numbers, ordered by the first that differs. */
    @SuppressWarnings({"overrides", "ComparableType"})
    public static class Version implements Comparable<Version> {
        public final long major;
        public final long minor;
        public final long patch;

        public Version(long major, long minor, long patch) {
            this.major = notNegative(major, "Major");
            this.minor = notNegative(minor, "Minor");
            this.patch = notNegative(patch, "Patch");
        }

        public Version(long major, long minor) {
            this(major, minor, 0);
        }

        public Version(long major) {
            this(major, 0, 0);
        }

        /** As the original has it: an overload, so that {@code equals(Object)} stays identity. */
        @SuppressWarnings("NonOverridingEquals")
        public boolean equals(@Nullable Version other) {
            return other != null && compareTo(other) == 0;
        }

        @Override
        public int compareTo(@Nullable Version other) {
            if (other == null) {
                throw new IllegalArgumentException("other Version must not be null");
            }
            if (major != other.major) {
                return Long.compare(major, other.major);
            }
            return minor != other.minor ? Long.compare(minor, other.minor) : Long.compare(patch, other.patch);
        }

        public boolean before(Version other) {
            return compareTo(other) < 0;
        }

        public boolean after(Version other) {
            return compareTo(other) > 0;
        }

        private static long notNegative(long number, String name) {
            if (number < 0) {
                throw new IllegalArgumentException(name + " version must not be negative");
            }
            return number;
        }
    }

    /** @param path of a library that isn't needed, and isn't looked for */
    @SuppressWarnings("unused")
    public static synchronized void load(@Nullable String path) {}

    public static void load() {
        load(null);
    }

    public static synchronized Version version() {
        return new Version(1, 11, 0);
    }
}
