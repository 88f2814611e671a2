package org.nucleus.marathon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Origin;

/**
 * Many histories full of changes and faults. In each, no task is launched twice or before it is stored, no app has two
 * deployments, and none is taken below its minimum health capacity by Marathon's own decision; once it is calm, every app
 * has what was asked for and nothing is left over. Repeat one with {@code -Dmarathon.seed=N}.
 */
class MarathonSimulationTest {
    private static final int SEEDS = Integer.getInteger("marathon.seeds", 10_000);
    private static final int CHANGES = 10;
    private static final Duration CALM = Duration.ofMinutes(4);

    @Test
    void everyAppComesToItsTargetWhateverFails() {
        Long only = Long.getLong("marathon.seed");
        LongStream seeds = only == null ? LongStream.range(0, SEEDS) : LongStream.of(only);
        seeds.parallel().forEach(MarathonSimulationTest::simulate);
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(story(7)).isEqualTo(story(7)).isNotEqualTo(story(8));
    }

    private static String story(long seed) {
        World world = new World(seed, true);
        storm(world);
        return world.trace();
    }

    private static void simulate(long seed) {
        boolean traced = Boolean.getBoolean("marathon.trace");
        World world = new World(seed, traced);
        try {
            storm(world);
            world.calm();
            world.run(CALM);
            check(world);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ": repeat with -Dmarathon.seed=" + seed + "\n" + world.trace(), e);
        }
    }

    private static void storm(World world) {
        Definitions definitions = new Definitions(world.random());
        world.run(Duration.ofSeconds(1));
        world.trouble();
        for (int i = 0; i < CHANGES; i++) {
            act(world, definitions);
            world.run(Duration.ofMillis(world.random().nextInt(20_000)));
        }
    }

    private static void act(World world, Definitions definitions) {
        Random random = world.random();
        AppPath path = Definitions.PATHS.get(random.nextInt(Definitions.PATHS.size()));
        boolean force = random.nextBoolean();
        App current = world.store().app(path).orElse(null);
        switch (current == null ? 0 : random.nextInt(8)) {
            case 0, 1, 2 -> put(world, definitions.next(path), current, force);
            case 3 -> put(world, current.withInstances(random.nextInt(5)), current, force);
            case 4 -> change(world, new Edit.RestartApp(path), force);
            case 5 -> change(world, new Edit.RemoveApp(path), force);
            case 6 -> kill(world, path, random);
            default -> cancel(world, random);
        }
    }

    private static void put(World world, App app, App current, boolean force) {
        change(world, new Edit.PutApp(app, current == null ? null : current.version()), force);
    }

    private static void change(World world, Edit edit, boolean force) {
        world.feed(new MarathonInput.Change(1, List.of(edit), force, Origin.MARATHON));
    }

    private static void kill(World world, AppPath path, Random random) {
        List<Instance> some = world.store().instances(path);
        if (!some.isEmpty()) {
            Instance victim = some.get(random.nextInt(some.size()));
            var how = new MarathonInput.Kill(random.nextInt(3) == 0, random.nextInt(3) == 1, random.nextBoolean());
            world.feed(new MarathonInput.KillTasks(1, List.of(victim.id()), how, Origin.MARATHON));
        }
    }

    private static void cancel(World world, Random random) {
        world.store().deployments().stream()
                .findFirst()
                .ifPresent(deployment -> world.feed(
                        new MarathonInput.Cancel(1, deployment.id(), random.nextInt(3) == 0, Origin.MARATHON)));
    }

    private static void check(World world) {
        assertThat(world.store().deployments()).as("deployments left").isEmpty();
        int tasks = 0;
        for (App app : world.store().apps()) {
            List<Instance> running = world.store().instances(app.id()).stream()
                    .filter(Instance::isRunning)
                    .toList();
            int wanted = app.daemon() && app.instances() > 0 ? Definitions.AGENTS : app.instances();
            assertThat(running).as("instances of %s", app.id()).hasSize(wanted);
            assertThat(running)
                    .as("old instances of %s", app.id())
                    .allMatch(one -> world.store().abandoned().contains(app.id())
                            || one.configuration().equals(app.versionInfo().lastConfigChangeAt()));
            assertThat(running).allMatch(one -> one.taskIds().stream().allMatch(world.master()::isRunning));
            tasks += running.stream().mapToInt(one -> one.taskIds().size()).sum();
        }
        assertThat(world.master().alive()).as("tasks that nobody owns").hasSize(tasks);
        assertThat(world.store().instances())
                .as("instances without an app")
                .allMatch(one -> world.store().app(one.app()).isPresent());
    }
}
