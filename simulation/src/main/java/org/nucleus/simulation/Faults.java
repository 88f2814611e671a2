package org.nucleus.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.nucleus.master.core.state.Picture;

/** What goes wrong in a world, and when: one fault after the other, until it is calm. */
final class Faults {
    private final Weather weather;
    private final Lot lot;
    private final Masters masters;
    private final List<AgentHost> agents;
    private final List<Scheduler> schedulers;
    private final int secondsBetween;

    Faults(Weather weather, Masters masters, List<AgentHost> agents, List<Scheduler> schedulers) {
        this.weather = weather;
        this.lot = weather.lot();
        this.masters = masters;
        this.agents = agents;
        this.schedulers = schedulers;
        this.secondsBetween = lot.oneOf(List.of(4, 10, 30));
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
        int what = lot.below(100);
        if (what < 20) {
            lot.oneOf(agents).breakLink();
        } else if (what < 35) {
            lot.oneOf(schedulers).breakConnection();
        } else if (what < 47) {
            lot.oneOf(agents).crash("crashed");
        } else if (what < 57) {
            failOverMaster();
        } else if (what < 69) {
            partition();
        } else if (what < 77) {
            lot.oneOf(schedulers).connect();
        } else if (what < 86) {
            lot.oneOf(schedulers).leave(absence());
        } else if (what < 94) {
            jump();
        } else {
            operate();
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

    private void partition() {
        Duration lasts = lot.chance(0.7) ? lot.seconds(1, 20) : lot.seconds(20, 90);
        Path path = lot.chance(0.7)
                ? lot.oneOf(agents).path()
                : lot.oneOf(schedulers).path();
        weather.trace().add("partition for " + lasts);
        path.cutUntil(weather.now().plus(lasts));
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

    /** Operators give up an agent, or end a framework. */
    private void operate() {
        MasterProcess leader = masters.leader();
        if (leader == null) {
            return;
        }
        Picture picture = leader.picture();
        if (lot.chance(0.5) && !picture.agents().isEmpty()) {
            leader.markGone(lot.oneOf(picture.agents()).agent().id());
        } else if (!picture.frameworks().isEmpty()) {
            leader.teardown(lot.oneOf(picture.frameworks()).framework().id());
        }
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
