package org.nucleus.marathon.core.state;

import org.jspecify.annotations.Nullable;

/**
 * How Marathon treats an app's instances over time.
 *
 * @param unreachable absent: unreachable instances are waited for without end ("disabled")
 * @param killGracePeriodSeconds absent: the agent's default
 * @param limits absent: a deployment goes on until it succeeds or somebody ends it
 * @param replacesFirst whether an unhealthy instance is killed only once another one does its work
 */
public record Policy(
        Backoff backoff,
        UpgradeStrategy upgrade,
        @Nullable UnreachableStrategy unreachable,
        KillSelection killSelection,
        @Nullable Integer killGracePeriodSeconds,
        @Nullable Limits limits,
        boolean replacesFirst) {
    /** How launches are put off after failures: first {@code seconds}, times {@code factor} each, up to a most. */
    public record Backoff(double seconds, double factor, double mostSeconds) {
        public static final Backoff DEFAULT = new Backoff(1, 1.15, 300);
    }

    /** How far below and above its count an app may go while it is replaced, as fractions of the count. */
    public record UpgradeStrategy(double minimumHealthCapacity, double maximumOverCapacity) {
        public static final UpgradeStrategy DEFAULT = new UpgradeStrategy(1, 1);
        public static final UpgradeStrategy RESIDENT = new UpgradeStrategy(0.5, 0);
        public static final UpgradeStrategy SINGLE_INSTANCE = new UpgradeStrategy(0, 0);
    }

    /**
     * When a deployment of the app is given up.
     *
     * @param deadlineSeconds after its begin; absent: never
     * @param maxFailures tasks of the new configuration that may fail; absent: any number
     * @param rollsBack whether what was before is brought back then, or all left as it is
     */
    public record Limits(
            @Nullable Integer deadlineSeconds, @Nullable Integer maxFailures, boolean rollsBack) {}

    /** After how long an unreachable instance is replaced, and after how long it is forgotten. */
    public record UnreachableStrategy(long inactiveAfterSeconds, long expungeAfterSeconds) {
        public static final UnreachableStrategy DEFAULT = new UnreachableStrategy(0, 0);
    }

    /** Which instances go first when there are too many. */
    public enum KillSelection {
        YOUNGEST_FIRST,
        OLDEST_FIRST
    }
}
