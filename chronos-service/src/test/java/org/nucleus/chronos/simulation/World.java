package org.nucleus.chronos.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.Chronos;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.machine.Step;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/**
 * Chronos' core, its store and a master in virtual time. One seed, one history. Faults, while they are on: the process
 * ends before a commit, or after it and before its effects; the connection breaks with all that is on its way; the
 * acceptance of an offer gets no answer; other calls are lost; agents vanish.
 */
final class World {
    private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");
    private static final ChronosSettings SETTINGS = new ChronosSettings(
            0.1,
            32,
            16,
            "root",
            Duration.ofSeconds(20),
            0,
            Duration.ofSeconds(120),
            5,
            Duration.ofDays(9_999),
            1_000_000,
            0,
            true);

    private final Random random;
    private final MemoryStore store = new MemoryStore();
    private final SimulatedMaster master;
    private final PriorityQueue<Happening> queue = new PriorityQueue<>();
    private final Map<Alarm, Instant> alarms = new LinkedHashMap<>();
    private final StringBuilder trace = new StringBuilder();
    private Instant now = BEGIN;
    private long sequence;
    private boolean faults = true;
    private @Nullable Chronos chronos;
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

    World(long seed) {
        this.random = new Random(seed);
        this.master = new SimulatedMaster(this, random, store);
        elect();
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

    String trace() {
        return trace.toString();
    }

    /** Puts a job until it is there, as a client would that gets no answer. */
    void put(ChronosInput.PutJob call) {
        if (!store.jobs().containsKey(call.spec().name())) {
            feed(call);
            after(1_000, () -> put(call));
        }
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

    /** Lets agents vanish and connections break now and then, until the calm. */
    void trouble() {
        after(random.nextInt(60_000), () -> {
            if (faults) {
                switch (random.nextInt(3)) {
                    case 0 -> master.loseAgent();
                    case 1 -> disconnect();
                    default -> crash();
                }
                trouble();
            }
        });
    }

    void after(long millis, Runnable what) {
        at(now.plusMillis(millis), what);
    }

    void toFramework(Event event) {
        int carrying = connection;
        lastToFramework = inOrder(lastToFramework);
        at(lastToFramework, () -> {
            if (carrying == connection && connected) {
                heard(event);
            }
        });
    }

    private void heard(Event event) {
        switch (Objects.requireNonNull(event.type())) {
            case SUBSCRIBED ->
                feed(new ChronosInput.Subscribed(event.subscribed().frameworkId()));
            case OFFERS -> feed(new ChronosInput.OffersReceived(event.offers().offers()));
            case UPDATE -> feed(new ChronosInput.StatusReceived(event.update().status()));
            default -> throw new AssertionError("the master has no business sending " + event.type());
        }
    }

    private void feed(ChronosInput input) {
        if (chronos == null) {
            return;
        }
        Step<Change.Durable, Effect> step = chronos.step(now, input);
        trace.append(now).append(' ').append(input).append(" -> ").append(step).append('\n');
        if (chance(200) && !step.durable().isEmpty()) {
            crash();
            return;
        }
        store.commit(step.durable());
        if (chance(200) && !step.effects().isEmpty()) {
            crash();
            return;
        }
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.SendCall send -> send(send.call());
            case Effect.Wake wake -> wake(wake);
            case Effect.Resubscribe _ -> disconnect();
            case Effect.Reply _ -> {
                // the client is content
            }
        }
    }

    private void send(Call call) {
        if (!connected) {
            return;
        }
        int carrying = connection;
        if (call.accept() != null && chance(60)) {
            Runnable late = () -> arrive(carrying, call);
            after(40_000, late);
            after(30_000, () -> unanswered(carrying, call.accept()));
            return;
        }
        lastToMaster = inOrder(lastToMaster);
        if (call.accept() == null && chance(50)) {
            at(lastToMaster, () -> feed(new ChronosInput.CallLost()));
            return;
        }
        at(lastToMaster, () -> arrive(carrying, call));
    }

    private void arrive(int carrying, Call call) {
        if (carrying == connection && connected) {
            master.receive(call);
        }
    }

    private void unanswered(int carrying, Call.Accept accept) {
        if (carrying == connection && connected) {
            List<Offer.Operation> operations = accept.operations();
            feed(new ChronosInput.LaunchRefused(
                    operations.getFirst().launch().taskInfos().stream()
                            .map(TaskInfo::taskId)
                            .toList(),
                    false));
        }
    }

    private void wake(Effect.Wake wake) {
        int of = process;
        alarms.put(wake.alarm(), wake.due());
        at(wake.due().isBefore(now) ? now : wake.due(), () -> {
            if (of == process && wake.due().equals(alarms.get(wake.alarm()))) {
                alarms.remove(wake.alarm());
                feed(new ChronosInput.TimerFired(wake.alarm()));
            }
        });
    }

    private void disconnect() {
        boolean was = connected;
        connected = false;
        connection++;
        if (was) {
            feed(new ChronosInput.Disconnected("simulated"));
        }
        int broken = connection;
        after(100 + random.nextInt(5_000), () -> connect(broken));
    }

    private void connect(int broken) {
        if (chronos != null && !connected && broken == connection) {
            connected = true;
            master.subscribed();
        }
    }

    private void crash() {
        if (chronos == null) {
            return;
        }
        trace.append(now).append(" crash\n");
        chronos = null;
        process++;
        connected = false;
        connection++;
        alarms.clear();
        after(1_000 + random.nextInt(60_000), this::elect);
    }

    private void elect() {
        chronos = new Chronos(SETTINGS);
        feed(store.recover());
        if (chronos != null) {
            disconnect();
        }
    }

    private boolean chance(int oneIn) {
        return faults && random.nextInt(oneIn) == 0;
    }

    private Instant inOrder(Instant last) {
        Instant arrival = now.plusMillis(1 + random.nextInt(50));
        return arrival.isAfter(last) ? arrival : last;
    }

    private void at(Instant time, Runnable what) {
        queue.add(new Happening(time, sequence++, what));
    }
}
