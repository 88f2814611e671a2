package org.nucleus.chronos.core.state;

import java.time.Duration;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/**
 * What a job's author may ask for beyond the original: how its runs relate to the clock, to each other and to its
 * parents. The defaults are the original's behaviour.
 *
 * @param catchUp what becomes of firings that nobody ran in time
 * @param epsilon how late a run may still begin; absent for however late
 * @param overlap what becomes of a run that is due while another goes on; absent for as {@code concurrent} says
 * @param backoff how long a retry waits
 * @param priority of runs that wait for offers: the larger goes first
 * @param paused nothing is launched until it is resumed; then what was due meanwhile is caught up with
 * @param async a finished task has not ended its run: somebody reports the result later
 * @param trigger which ends of its parents start a dependent job
 * @param join over which runs of its parents a dependent job waits
 * @param notices what its owner is told of
 */
public record Policy(
        CatchUp catchUp,
        @Nullable Duration epsilon,
        @Nullable Overlap overlap,
        Backoff backoff,
        int priority,
        boolean paused,
        boolean async,
        Trigger trigger,
        Join join,
        SequencedSet<Notice.Kind> notices) {

    /** The original's behaviour. */
    public static final Policy ORIGINAL = new Policy(
            CatchUp.COLLAPSE,
            null,
            null,
            Backoff.CONFIGURED,
            0,
            false,
            false,
            Trigger.SUCCESS,
            Join.LATEST,
            Notice.USUAL);

    private static final Duration TOLERATED = Duration.ofMinutes(1);

    public Policy {
        notices = Ordered.setOf(notices);
    }

    /** How late a run may begin before it counts as missed; empty for however late. */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(epsilon == null && catchUp == CatchUp.SKIP ? TOLERATED : epsilon);
    }

    /** How late a run may begin before its owner is told, who asked for that. */
    public Duration tolerated() {
        return deadline().orElse(TOLERATED);
    }

    public Policy withPaused(boolean value) {
        return new Policy(catchUp, epsilon, overlap, backoff, priority, value, async, trigger, join, notices);
    }

    /** What becomes of firings that nobody ran in time. */
    public enum CatchUp {
        /** The latest of them runs, as in the original. */
        COLLAPSE,
        /** Each of them runs, one after the other. */
        ALL,
        /** None runs that is later than {@code epsilon}, or a minute if there is none. */
        SKIP
    }

    /** What becomes of a run that is due while another run of the job goes on. */
    public enum Overlap {
        /** Both go on: {@code concurrent} of the original. */
        ALLOW,
        /** It is recorded as skipped. */
        SKIP,
        /** It waits until the other is over. */
        QUEUE,
        /** The other is killed, and it runs. */
        REPLACE
    }

    /** Which ends of its parents start a dependent job. */
    public enum Trigger {
        /** All of them have succeeded. */
        SUCCESS,
        /** One of them has failed, its retries included. */
        FAILURE,
        /** All of them have ended, however. */
        ALWAYS,
        /** One of them has succeeded. */
        ANY
    }

    /** Over which runs of its parents a dependent job waits. */
    public enum Join {
        /** Those since its own last run, as in the original. */
        LATEST,
        /** Those that one and the same run of a common ancestor caused. */
        PASS
    }

    /**
     * How long a retry waits: {@code delay}, and each time {@code factor} times as long, but never longer than
     * {@code most}.
     *
     * @param delay absent for the configured one
     */
    public record Backoff(@Nullable Duration delay, double factor, Duration most) {
        public static final Backoff CONFIGURED = new Backoff(null, 1, Duration.ofDays(1));

        /** Before the attempt that follows {@code attempt}, the first being 0. */
        public Duration before(int attempt, Duration configured) {
            Duration first = delay == null ? configured : delay;
            double millis = first.toMillis() * Math.pow(factor, attempt);
            Duration limit = first.compareTo(most) > 0 ? first : most;
            return millis >= limit.toMillis() ? limit : Duration.ofMillis((long) millis);
        }
    }
}
