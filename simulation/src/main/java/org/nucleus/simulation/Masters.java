package org.nucleus.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.master.core.state.Picture;

/** The masters of a world and their election. Who leads is known to everybody else only after a while. */
final class Masters {
    private final Weather weather;
    private final SimulatedRegistry registry = new SimulatedRegistry();
    private final MasterProcess.Surroundings around;
    private final List<Consumer<Optional<MasterProcess>>> detectors = new ArrayList<>();
    private final List<NodeClock> clocks = new ArrayList<>();
    private @Nullable MasterProcess leader;
    private @Nullable MasterProcess deposed;
    private boolean electing;

    Masters(Weather weather, MasterSettings settings) {
        this.weather = weather;
        this.around = new MasterProcess.Surroundings(weather, registry, settings, new OfferBook(), this::died);
        for (int i = 0; i < 2; i++) {
            clocks.add(new NodeClock(weather.agenda(), weather.lot().millis(0, 2_000)));
        }
    }

    /** Tells of every change of the leader, each watcher in its own time but in order. */
    void detect(Consumer<Optional<MasterProcess>> detector) {
        detectors.add(detector);
    }

    @Nullable
    MasterProcess leader() {
        return leader;
    }

    /** The clock that the current leader's machine has. */
    NodeClock clock() {
        return clocks.get((int) (registry.epoch() % clocks.size()));
    }

    /** The process that believes to lead, and whose store says otherwise. */
    @Nullable
    MasterProcess deposed() {
        return deposed != null && deposed.isAlive() ? deposed : null;
    }

    Picture picture() {
        return leader == null ? Picture.empty() : leader.picture();
    }

    boolean isSettled() {
        return leader != null && leader.isAlive() && deposed() == null;
    }

    void crash() {
        if (leader != null) {
            leader.die("crashed");
        }
    }

    /** Another master takes over while the leader still runs and believes to lead. */
    void depose() {
        MasterProcess old = leader;
        if (old == null || deposed() != null) {
            return;
        }
        deposed = old;
        weather.agenda().in(weather.lot().seconds(0, 30), () -> old.die("heard that it was deposed"));
        elect();
    }

    void ensureLeader() {
        if (leader == null && !electing) {
            electing = true;
            Duration vacancy = weather.isCalm()
                    ? weather.lot().millis(100, 2_000)
                    : weather.lot().millis(100, 20_000);
            weather.agenda().in(vacancy, this::elect);
        }
    }

    void elect() {
        electing = false;
        long epoch = registry.elected();
        if (epoch > 1 && weather.fault(0.3)) {
            weather.historiesLost(registry.loseHistories(weather.lot()));
        }
        MasterProcess elected = new MasterProcess(around, clock(), epoch);
        leader = elected;
        weather.trace().add(elected + " elected");
        elected.begin(registry.recover(), weather.lot().number());
        announce();
    }

    private void died(MasterProcess process) {
        if (process == leader) {
            leader = null;
            announce();
            ensureLeader();
        }
    }

    private void announce() {
        MasterProcess announced = leader;
        for (Consumer<Optional<MasterProcess>> detector : detectors) {
            Duration after = weather.fault(0.2)
                    ? weather.lot().seconds(1, 15)
                    : weather.lot().millis(1, 500);
            weather.agenda().in(after, () -> {
                if (announced == leader) {
                    detector.accept(Optional.ofNullable(announced));
                }
            });
        }
    }
}
