package org.nucleus.chronos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosInput.Timing;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Policy;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.Tally;

/**
 * Many histories full of faults. In each, no run is ever launched twice or before it is stored, and once it is calm
 * every firing was run once or is recorded as missed or skipped, and nothing is left over. Repeat one with
 * {@code -Dchronos.seed=N}.
 */
class ChronosSimulationTest {
    private static final int SEEDS = Integer.getInteger("chronos.seeds", 400);
    private static final Duration STORM = Duration.ofMinutes(20);
    private static final Duration CALM = Duration.ofMinutes(15);

    @Test
    void everyFiringRunsOnceOrIsRecordedWhateverFails() {
        Long only = Long.getLong("chronos.seed");
        LongStream seeds = only == null ? LongStream.range(0, SEEDS) : LongStream.of(only);
        seeds.forEach(seed -> simulate(seed, ChronosSimulationTest::begin));
    }

    @Test
    void everyFiringRunsOnceOrIsRecordedWhateverThePolicy() {
        Long only = Long.getLong("chronos.seed");
        LongStream seeds = only == null ? LongStream.range(0, SEEDS / 2) : LongStream.of(only);
        seeds.forEach(seed -> simulate(seed, ChronosSimulationTest::beginWithPolicies));
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(story(7)).isEqualTo(story(7)).isNotEqualTo(story(8));
    }

    private static String story(long seed) {
        World world = new World(seed);
        begin(world);
        world.run(STORM);
        return world.trace();
    }

    private static void simulate(long seed, Consumer<World> beginning) {
        World world = new World(seed);
        try {
            beginning.accept(world);
            world.run(STORM);
            world.calm();
            world.run(CALM);
            check(world);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": repeat with -Dchronos.seed=" + seed, e);
        }
    }

    private static void begin(World world) {
        put(world, "often", new Timing.OnSchedule("R//PT25S", ""), true);
        put(world, "minutely", new Timing.OnSchedule("R//PT1M", ""), false);
        put(world, "five", new Timing.OnSchedule("R5//PT2M", ""), false);
        put(world, "once", new Timing.Once(), false);
        world.run(Duration.ofMinutes(2));
        put(world, "child", new Timing.AfterParents(List.of("minutely")), false);
        put(world, "sink", new Timing.AfterParents(List.of("often", "child")), true);
        world.trouble();
    }

    private static void beginWithPolicies(World world) {
        put(world, "all", "R//PT100S", policy(Policy.CatchUp.ALL, null, null, false));
        put(world, "skip", "* * * * *", policy(Policy.CatchUp.SKIP, null, null, false));
        put(world, "queue", "R//PT70S", policy(Policy.CatchUp.COLLAPSE, null, Policy.Overlap.QUEUE, false));
        put(world, "replace", "R//PT1M", policy(Policy.CatchUp.COLLAPSE, null, Policy.Overlap.REPLACE, false));
        put(
                world,
                "deadline",
                "R//PT1M",
                policy(Policy.CatchUp.ALL, Duration.ofSeconds(20), Policy.Overlap.ALLOW, false));
        put(world, "async", "R//PT2M", policy(Policy.CatchUp.COLLAPSE, null, null, true));
        world.trouble();
    }

    private static Policy policy(Policy.CatchUp catchUp, Duration epsilon, Policy.Overlap overlap, boolean async) {
        Policy original = Policy.ORIGINAL;
        return new Policy(
                catchUp,
                epsilon,
                overlap,
                new Policy.Backoff(Duration.ofSeconds(5), 2, Duration.ofSeconds(20)),
                0,
                false,
                async,
                original.trigger(),
                original.join(),
                original.notices());
    }

    private static void put(World world, String name, String schedule, Policy policy) {
        JobSpec spec = spec(name, false).toBuilder()
                .policy(policy)
                .maxCompletionTime(60)
                .build();
        world.put(new ChronosInput.PutJob(1, spec, new Timing.OnSchedule(schedule, ""), Tally.fresh(), false));
    }

    private static void put(World world, String name, Timing timing, boolean concurrent) {
        world.put(new ChronosInput.PutJob(1, spec(name, concurrent), timing, Tally.fresh(), false));
    }

    private static JobSpec spec(String name, boolean concurrent) {
        return new JobSpec(
                name,
                "true",
                true,
                List.of(),
                "",
                "",
                "",
                2,
                "",
                "",
                "",
                0.1,
                32,
                16,
                false,
                false,
                false,
                false,
                concurrent,
                "root",
                0,
                null,
                List.of(),
                List.of(),
                List.of(),
                Policy.ORIGINAL);
    }

    private static void check(World world) {
        for (Job job : world.store().jobs().values()) {
            if (job.plan() instanceof Plan.Scheduled plan) {
                checkFirings(world, job, plan);
            }
            checkRuns(world, job);
        }
        long young = world.store().runs().stream().filter(run -> !run.ended()).count();
        assertThat(world.master().alive()).as("tasks without a run").isLessThanOrEqualTo(young);
    }

    /** From the first to the last, each firing has its run, or one that says that it was missed. */
    private static void checkFirings(World world, Job job, Plan.Scheduled plan) {
        List<Run> scheduled = world.store().runs(job.name()).stream()
                .filter(run -> run.key().cause() == Cause.SCHEDULE && run.key().attempt() == 0)
                .sorted(Comparator.comparing(run -> run.key().nominal()))
                .toList();
        List<Instant> covered = new ArrayList<>();
        for (Run run : scheduled) {
            covered.add(run.key().nominal());
            if (outcome(run) == Outcome.MISSED) {
                int after = scheduled.indexOf(run) + 1;
                Instant next = after < scheduled.size()
                        ? scheduled.get(after).key().nominal()
                        : plan.schedule().next(plan.position()).orElse(Instant.MAX);
                coverUntil(next, run.key().nominal(), plan.schedule(), covered);
            }
        }
        long first = plan.schedule().beginning().next();
        for (long k = first; k < plan.position().next(); k = plan.schedule().following(k)) {
            Instant due = plan.schedule().at(k).orElseThrow();
            assertThat(covered.stream().filter(due::equals))
                    .as("%s at %s", job.name(), due)
                    .hasSize(1);
        }
        plan.schedule().next(plan.position()).ifPresent(next -> assertThat(next).isAfter(world.now()));
        if (plan.schedule().count() != Schedule.ENDLESS) {
            long ran = scheduled.stream()
                    .filter(run -> outcome(run) != Outcome.MISSED)
                    .count();
            assertThat(ran)
                    .as("runs of %s", job.name())
                    .isEqualTo(plan.schedule().count());
            assertThat(job.spec().disabled()).as("%s is used up", job.name()).isTrue();
        }
    }

    private static void coverUntil(Instant end, Instant from, Schedule schedule, List<Instant> covered) {
        long k = schedule.firstAfter(from);
        for (Instant at = schedule.at(k).orElseThrow();
                at.isBefore(end);
                at = schedule.at(k).orElseThrow()) {
            covered.add(at);
            k = schedule.following(k);
        }
    }

    private static void checkRuns(World world, Job job) {
        for (Run run : world.store().runs(job.name())) {
            boolean old = run.enqueued().isBefore(world.now().minus(Duration.ofMinutes(4)));
            assertThat(run.ended() || !old).as("left over: %s", run).isTrue();
            int started = world.master().startedFor(run.key()).size();
            if (outcome(run) == Outcome.SUCCEEDED) {
                assertThat(started).as("succeeded without a task: %s", run).isEqualTo(1);
            }
            if (outcome(run) == Outcome.SKIPPED || outcome(run) == Outcome.MISSED) {
                assertThat(started).as("not run, and yet launched: %s", run).isZero();
            }
            if ((outcome(run) == Outcome.FAILED || outcome(run) == Outcome.LOST)
                    && run.key().attempt() < job.spec().retries()) {
                assertThat(world.store().runs(job.name()))
                        .as("not tried again: %s", run)
                        .anyMatch(other -> other.key().equals(run.key().nextAttempt()));
            }
        }
    }

    private static Outcome outcome(Run run) {
        return run.progress() instanceof Progress.Ended ended ? ended.outcome() : null;
    }
}
