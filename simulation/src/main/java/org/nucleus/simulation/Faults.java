package org.nucleus.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What goes wrong in a world, and when: one fault after the other, until it is calm. */
final class Faults {
    private final Weather weather;
    private final Lot lot;
    private final Masters masters;
    private final List<AgentHost> agents;
    private final List<Scheduler> schedulers;
    private final Operators operators;
    private final int secondsBetween;
    private final List<Kind> kinds = new ArrayList<>();

    private enum Kind {
        LINK_BROKEN,
        CONNECTION_BROKEN,
        AGENT_CRASH,
        REBOOT,
        MASTER_FAILOVER,
        PARTITION,
        SLOW_LINK,
        FRAMEWORK_FAILOVER,
        FRAMEWORK_AWAY,
        CLOCK_JUMP,
        OPERATOR
    }

    Faults(Weather weather, Masters masters, List<AgentHost> agents, List<Scheduler> schedulers, Operators operators) {
        this.operators = operators;
        this.weather = weather;
        this.lot = weather.lot();
        this.masters = masters;
        this.agents = agents;
        this.schedulers = schedulers;
        this.secondsBetween = lot.oneOf(List.of(3, 8, 25));
        drawKinds();
    }

    /** Each world has some kinds of faults and not others, and some more often: more differs than if all were equal. */
    private void drawKinds() {
        while (kinds.isEmpty()) {
            for (Kind kind : Kind.values()) {
                int often = lot.chance(0.4) ? 0 : lot.between(1, 4);
                kinds.addAll(Collections.nCopies(often, kind));
            }
        }
    }

    void begin() {
        weather.agenda().in(lot.seconds(0, 2 * secondsBetween), () -> {
            if (!weather.isCalm()) {
                strike();
                begin();
            }
        });
    }

    private void strike() {
        Kind kind = lot.oneOf(kinds);
        weather.coverage().passed("fault " + kind);
        switch (kind) {
            case LINK_BROKEN -> lot.oneOf(agents).breakLink();
            case CONNECTION_BROKEN -> lot.oneOf(schedulers).breakConnection();
            case AGENT_CRASH -> lot.oneOf(agents).crash("crashed");
            case REBOOT -> lot.oneOf(agents).reboot();
            case MASTER_FAILOVER -> failOverMaster();
            case PARTITION -> partition();
            case SLOW_LINK -> slowDown();
            case FRAMEWORK_FAILOVER -> lot.oneOf(schedulers).connect();
            case FRAMEWORK_AWAY -> lot.oneOf(schedulers).leave(absence());
            case CLOCK_JUMP -> jump();
            case OPERATOR -> operators.order();
        }
    }

    private void failOverMaster() {
        if (lot.chance(0.5)) {
            masters.crash();
        } else {
            masters.depose();
            weather.agenda().in(lot.seconds(0, 10), this::mislead);
        }
    }

    /** An agent and a scheduler see the old leader once more, as one does who reads from a server that is behind. */
    private void mislead() {
        Optional<MasterProcess> deposed = Optional.ofNullable(masters.deposed());
        if (deposed.isPresent() && !weather.isCalm() && lot.chance(0.5)) {
            AgentHost agent = lot.oneOf(agents);
            Scheduler scheduler = lot.oneOf(schedulers);
            weather.trace().add(agent + " and " + scheduler + " take " + deposed.get() + " for the leader");
            agent.leaderChanged(deposed);
            scheduler.leaderChanged(deposed);
            weather.agenda().in(lot.seconds(0, 20), () -> {
                agent.leaderChanged(Optional.ofNullable(masters.leader()));
                scheduler.leaderChanged(Optional.ofNullable(masters.leader()));
            });
        }
    }

    /** Of one direction or both: what is sent waits, and passes later. */
    private void partition() {
        Duration lasts = lot.chance(0.7) ? lot.seconds(1, 20) : lot.seconds(20, 90);
        int ways = lot.below(3);
        weather.trace().add("partition " + ways + " for " + lasts);
        Path path = anyPath();
        if (ways != 1) {
            path.up().cutUntil(weather.now().plus(lasts));
        }
        if (ways != 2) {
            path.down().cutUntil(weather.now().plus(lasts));
        }
    }

    private void slowDown() {
        Duration lasts = lot.seconds(5, 60);
        weather.trace().add("slow for " + lasts);
        Path path = anyPath();
        Path.Way way = lot.chance(0.5) ? path.up() : path.down();
        way.slowUntil(weather.now().plus(lasts));
    }

    private Path anyPath() {
        return lot.chance(0.7)
                ? lot.oneOf(agents).path()
                : lot.oneOf(schedulers).path();
    }

    private Duration absence() {
        return lot.chance(0.7) ? lot.seconds(1, 15) : lot.seconds(15, 120);
    }

    private void jump() {
        Duration ahead = lot.chance(0.8) ? lot.seconds(1, 20) : lot.seconds(20, 300);
        NodeClock clock = lot.chance(0.4) ? masters.clock() : lot.oneOf(agents).clock();
        weather.trace().add("clock jumps " + ahead);
        clock.jump(ahead);
    }

    /** Mends all that is broken and stays so by itself. */
    void end() {
        weather.calmDown();
        agents.forEach(agent -> agent.path().mend());
        schedulers.forEach(scheduler -> scheduler.path().mend());
        schedulers.forEach(Scheduler::comeBack);
        agents.forEach(AgentHost::ensureStarted);
        masters.ensureLeader();
    }
}
