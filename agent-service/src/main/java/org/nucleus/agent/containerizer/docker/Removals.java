package org.nucleus.agent.containerizer.docker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes containers out of the engine: ended ones when they are old enough, and those that no agent remembers. What the
 * engine cannot do now is tried again; what an agent leaves undone, the next one's {@link #sweep} does.
 */
final class Removals {
    private static final Logger log = LoggerFactory.getLogger(Removals.class);

    private final Engine engine;
    private final Patience patience;
    private final DockerSettings settings;

    Removals(Engine engine, Patience patience, DockerSettings settings) {
        this.engine = engine;
        this.patience = patience;
        this.settings = settings;
    }

    /** Removes it after the delay since it ended. */
    void later(String name) {
        remove(name, settings.removeDelay());
    }

    /** Removes it whatever it does. */
    void now(String name) {
        remove(name, Duration.ZERO);
    }

    private void remove(String name, Duration delay) {
        patience.begin(() -> {
            patience.pause(delay);
            removeNow(name);
        });
    }

    private void removeNow(String name) throws InterruptedException {
        try {
            patience.ask(() -> {
                engine.remove(name, true);
                return true;
            });
        } catch (EngineRefused e) {
            if (!e.isConflict()) { // somebody removes it already
                log.atWarn().setCause(e).addKeyValue("container", name).log("The engine keeps a container");
            }
        }
    }

    /** Once the engine answers: what carries this agent's label and is not {@code known} is removed. */
    void sweep(Predicate<String> known) {
        patience.begin(() -> {
            try {
                for (String name : patience.ask(() -> engine.list(Creation.AGENT_LABEL, settings.agent()))) {
                    if (!known.test(name)) {
                        discard(name);
                    }
                }
            } catch (EngineRefused e) {
                log.atWarn().setCause(e).log("The engine does not list its containers; orphans stay");
            }
        });
    }

    private void discard(String name) throws InterruptedException, EngineRefused {
        Optional<Seen> seen = patience.ask(() -> engine.inspect(name));
        if (seen.isEmpty()) {
            return;
        }
        if (Set.of("exited", "dead").contains(seen.get().status())) {
            Instant due = seen.get().finished().plus(settings.removeDelay());
            Duration wait = Duration.between(Clock.systemUTC().instant(), due);
            remove(name, wait.isNegative() ? Duration.ZERO : wait);
        } else if (settings.killOrphans()) {
            log.atInfo().addKeyValue("container", name).log("Removing an orphan");
            now(name);
        }
    }
}
