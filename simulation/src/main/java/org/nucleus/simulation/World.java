package org.nucleus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.nucleus.machine.Ordered;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.resources.MinAllocatable;

/**
 * One seed's history: masters, agents and schedulers live through some minutes of faults, then through a calm in which
 * everything has to settle. Invariants are checked at every step, the rest when it is calm.
 */
public final class World {
    private static final Duration CALM_MOST = Duration.ofMinutes(45);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final long seed;
    private final Agenda agenda = new Agenda();
    private final Coverage coverage = new Coverage();
    private final Trace trace;
    private final Weather weather;
    private final Masters masters;
    private final List<AgentHost> agents = new ArrayList<>();
    private final List<Scheduler> schedulers = new ArrayList<>();
    private final Faults faults;
    private final Settlement settlement;
    private final Duration troubled;

    /**
     * How a seed's history went.
     *
     * @param checksum over what happened and when
     * @param contents over the messages that travelled as bytes
     * @param events how much happened
     * @param lasted in virtual time
     */
    public record History(long seed, long checksum, long contents, long events, Duration lasted) {}

    /** Its messages travel as the seed says. */
    public World(long seed) {
        this(seed, wireOf(seed), 60);
    }

    /**
     * @param wire how messages travel, which doesn't change what happens
     * @param traceKept how many lines of the trace a failure shows
     */
    World(long seed, Wire wire, int traceKept) {
        this.seed = seed;
        Lot lot = new Lot(seed);
        trace = new Trace(agenda, traceKept);
        weather = new Weather(agenda, lot, trace, wire, coverage);
        troubled = lot.seconds(30, 180);
        masters = new Masters(weather, settings(lot));
        UpdateBook updates = new UpdateBook();
        int hosts = lot.between(1, 4);
        for (int i = 0; i < hosts; i++) {
            String resources =
                    lot.oneOf(List.of("cpus:4;mem:2048;disk:1024;ports:[31000-31099]", "cpus:8;mem:8192;disk:4096"));
            AgentHost agent = new AgentHost("agent" + i, resources, weather, updates);
            agents.add(agent);
            masters.detect(agent::leaderChanged);
        }
        int frameworks = lot.between(1, 3);
        for (int i = 0; i < frameworks; i++) {
            Scheduler scheduler = new Scheduler("framework" + i, weather, updates);
            schedulers.add(scheduler);
            masters.detect(scheduler::leaderChanged);
        }
        Operators operators = new Operators(weather, masters, agents);
        faults = new Faults(weather, masters, agents, schedulers, operators);
        settlement = new Settlement(masters, agents, schedulers, operators);
    }

    /** Few worlds pay for the codecs: they have tests of their own. */
    private static Wire wireOf(long seed) {
        return switch ((int) Math.floorMod(seed, 10L)) {
            case 0 -> Wire.JSON;
            case 5 -> Wire.PROTOBUF;
            default -> Wire.BY_HAND;
        };
    }

    /** What it has shown so far. */
    public Coverage coverage() {
        return coverage;
    }

    private static MasterSettings settings(Lot lot) {
        return new MasterSettings(
                Duration.ofSeconds(5),
                3,
                Duration.ofSeconds(lot.between(20, 90)),
                Duration.ofSeconds(lot.between(5, 60)),
                Duration.ofSeconds(1),
                Duration.ofMillis(5),
                MinAllocatable.DEFAULT,
                Ordered.copyOf(new LinkedHashMap<>()),
                null,
                true,
                true,
                50,
                1000,
                1000,
                Duration.ofDays(14),
                100,
                Duration.ofMinutes(15),
                15.0,
                100,
                false,
                null);
    }

    /**
     * Lets the history happen.
     *
     * @throws Broken if a promise is not kept; {@link #lastLines} shows what led to it
     */
    public History run() {
        try {
            Instant beginning = agenda.now();
            agents.forEach(AgentHost::start);
            masters.elect();
            faults.begin();
            agenda.runUntil(beginning.plus(troubled));
            trace.add("calm");
            faults.end();
            settle(settlement::open);
            trace.add("all frameworks end");
            schedulers.forEach(Scheduler::retire);
            settle(settlement::left);
            return new History(
                    seed,
                    trace.checksum(),
                    trace.contents(),
                    trace.length(),
                    Duration.between(beginning, agenda.now()));
        } catch (Broken e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Broken("a core or the simulation threw " + e, e);
        }
    }

    private void settle(Supplier<List<String>> look) {
        Instant end = agenda.now().plus(CALM_MOST);
        List<String> open = List.of("nothing was looked at");
        while (!open.isEmpty()) {
            Broken.unless(agenda.now().isBefore(end), "it did not settle", String.join("\n", open));
            agenda.runUntil(agenda.now().plus(LOOK_EVERY));
            open = look.get();
        }
    }

    /** The end of the trace, oldest line first. */
    public List<String> lastLines() {
        return trace.lastLines();
    }
}
