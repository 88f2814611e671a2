package org.nucleus.marathon.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Step;
import org.nucleus.marathon.core.Marathon;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.Settings;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.wire.scheduler.Call;

/**
 * Marathon's core, its store and a master in virtual time. Faults, while they are on: the process ends before a commit, or
 * after it and before its effects; the connection breaks with all that is on its way; calls are lost; tasks fail, and
 * look sick; agents vanish and come back.
 */
final class World {
    private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");
    private static final long ALLOCATE_MILLIS = 1_000;
    private static final Settings SETTINGS = settings();

    private final Random random;
    private final MemoryStore store = new MemoryStore();
    private final SimulatedMaster master;
    private final CapacityCheck capacity = new CapacityCheck(store);
    private final PriorityQueue<Happening> queue = new PriorityQueue<>();
    private final Map<TimerKey, Instant> alarms = new LinkedHashMap<>();
    private final StringBuilder trace = new StringBuilder();
    private final boolean traced;
    private Instant now = BEGIN;
    private long sequence;
    private boolean faults = true;
    private @Nullable Marathon marathon;
    private int process;
    private int connection;
    private boolean connected;
    private Instant lastToMaster = BEGIN;
    private Instant lastToFramework = BEGIN;

    private record Happening(Instant at, long order, Runnable what) implements Comparable<Happening> {
        @Override
        public int compareTo(Happening other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    World(long seed, boolean traced) {
        this.random = new Random(seed);
        this.traced = traced;
        this.master = new SimulatedMaster(this, random);
        elect();
        allocate();
    }

    /** Everything that is waited for comes sooner, so that a history is short. */
    private static Settings settings() {
        Settings usual = Settings.defaults();
        return new Settings(
                usual.portMin(),
                usual.portMax(),
                usual.maxRunningDeployments(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                usual.defaultRole(),
                false,
                false,
                new Settings.Matching(
                        5,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        true,
                        true,
                        Duration.ZERO),
                usual.healthKills(),
                usual.tasks());
    }

    Instant now() {
        return now;
    }

    MemoryStore store() {
        return store;
    }

    SimulatedMaster master() {
        return master;
    }

    Random random() {
        return random;
    }

    String trace() {
        return trace.toString();
    }

    void run(Duration time) {
        Instant end = now.plus(time);
        while (!queue.isEmpty() && !queue.peek().at().isAfter(end)) {
            Happening next = queue.poll();
            now = next.at();
            next.what().run();
        }
        now = end;
    }

    void calm() {
        faults = false;
    }

    boolean chance(int oneIn) {
        return faults && random.nextInt(oneIn) == 0;
    }

    /** Lets things go wrong now and then, until the calm. */
    void trouble() {
        after(random.nextInt(15_000), () -> {
            if (faults) {
                switch (random.nextInt(6)) {
                    case 0 -> master.loseAgent();
                    case 1 -> disconnect();
                    case 2 -> crash();
                    default -> master.failOne();
                }
                trouble();
            }
        });
    }

    void after(long millis, Runnable what) {
        at(now.plusMillis(millis), what);
    }

    void toFramework(MarathonInput input) {
        int carrying = connection;
        lastToFramework = inOrder(lastToFramework);
        at(lastToFramework, () -> {
            if (carrying == connection && connected) {
                feed(input);
            }
        });
    }

    /** Hands {@code input} to the machine, if one runs. */
    void feed(MarathonInput input) {
        if (marathon == null) {
            return;
        }
        capacity.before(input);
        Step<Change.Durable, Effect> step = marathon.step(now, input);
        if (traced) {
            trace.append(now)
                    .append(' ')
                    .append(input)
                    .append(" -> ")
                    .append(step)
                    .append('\n');
        }
        if (chance(400) && !step.durable().isEmpty()) {
            crash();
            return;
        }
        store.commit(step.durable());
        capacity.after(input);
        if (chance(400) && !step.effects().isEmpty()) {
            crash();
            return;
        }
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.SendCall(var call) -> send(call);
            case Effect.Wake(var key, var due) -> wake(key, due);
            case Effect.RunProbe probe ->
                probed(
                        probe.instance(),
                        probe.incarnation(),
                        alive -> new MarathonInput.Probed(
                                probe.instance(), probe.incarnation(), probe.check(), alive, "simulated"));
            case Effect.RunReadiness probe ->
                probed(
                        probe.instance(),
                        probe.incarnation(),
                        alive -> new MarathonInput.ReadinessProbed(probe.instance(), probe.incarnation(), alive, null));
            case Effect.Stop stop -> throw new AssertionError("stopped: " + stop.reason());
            case Effect.Reply _, Effect.Publish _, Effect.Show _, Effect.TakeRoles _ -> {
                // nobody looks
            }
        }
    }

    private interface Outcome {
        MarathonInput of(boolean alive);
    }

    private void probed(InstanceId instance, int incarnation, Outcome outcome) {
        int of = process;
        after(1 + random.nextInt(100), () -> {
            if (of == process) {
                boolean alive = master.isRunning(instance.task(incarnation)) && !chance(6);
                feed(outcome.of(alive));
            }
        });
    }

    private void send(Call call) {
        if (!connected || call.type() == Call.Type.ACKNOWLEDGE || chance(80)) {
            return;
        }
        int carrying = connection;
        lastToMaster = inOrder(lastToMaster);
        at(lastToMaster, () -> {
            if (carrying == connection && connected) {
                master.receive(call);
            }
        });
    }

    private void wake(TimerKey key, Instant due) {
        int of = process;
        alarms.put(key, due);
        at(due.isBefore(now) ? now : due, () -> {
            if (of == process && due.equals(alarms.get(key))) {
                alarms.remove(key);
                feed(new MarathonInput.TimerFired(key));
            }
        });
    }

    private void allocate() {
        if (connected) {
            master.allocate();
        }
        after(ALLOCATE_MILLIS, this::allocate);
    }

    void disconnect() {
        boolean was = connected;
        connected = false;
        connection++;
        if (was) {
            feed(new MarathonInput.Disconnected());
        }
        int broken = connection;
        after(100 + random.nextInt(3_000), () -> connect(broken));
    }

    private void connect(int broken) {
        if (marathon != null && !connected && broken == connection) {
            connected = true;
            master.subscribed();
        }
    }

    void crash() {
        if (marathon == null) {
            return;
        }
        marathon = null;
        process++;
        connected = false;
        connection++;
        alarms.clear();
        after(500 + random.nextInt(10_000), this::elect);
    }

    private void elect() {
        marathon = new Marathon(SETTINGS);
        feed(new MarathonInput.Elected(random.nextLong(), store.recover()));
        if (marathon != null) {
            disconnect();
        }
    }

    private Instant inOrder(Instant last) {
        Instant arrival = now.plusMillis(1 + random.nextInt(30));
        return arrival.isAfter(last) ? arrival : last;
    }

    private void at(Instant time, Runnable what) {
        queue.add(new Happening(time, sequence++, what));
    }

    List<TimerKey> alarms() {
        return List.copyOf(alarms.keySet());
    }
}
