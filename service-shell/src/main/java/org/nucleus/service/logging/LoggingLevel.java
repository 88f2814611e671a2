package org.nucleus.service.logging;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.TimerQueue;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * How much more than usual is logged, for a while: 0 is as the flags say, 1 adds DEBUG, more adds TRACE. Thread-safe.
 * Source: libprocess, logging.cpp, Logging::set_level.
 */
public final class LoggingLevel implements AutoCloseable {
    private static final String LOGGER = "org.nucleus";

    private final LoggingSystem system;
    private final Clock clock;
    private final TimerQueue<String> alarms;
    private @Nullable LogLevel usual;
    private int level;

    public LoggingLevel(LoggingSystem system, Clock clock) {
        this.system = system;
        this.clock = clock;
        this.alarms = new TimerQueue<>("logging-level", clock, _ -> restore());
        alarms.start();
    }

    public synchronized int current() {
        return level;
    }

    /** Logs at {@code wanted} for {@code duration}; a reason if it doesn't. */
    public synchronized Optional<String> raise(long wanted, Duration duration) {
        if (wanted < 0 || wanted > Integer.MAX_VALUE) {
            return Optional.of("Invalid level '" + wanted + "'.");
        }
        if (level == 0) {
            var configured = system.getLoggerConfiguration(LOGGER);
            usual = configured == null ? null : configured.getConfiguredLevel();
        }
        level = (int) wanted;
        system.setLogLevel(LOGGER, level == 0 ? usual : level == 1 ? LogLevel.DEBUG : LogLevel.TRACE);
        alarms.wake(LOGGER, clock.instant().plus(duration));
        return Optional.empty();
    }

    private synchronized void restore() {
        if (level > 0) {
            level = 0;
            system.setLogLevel(LOGGER, usual);
        }
    }

    @Override
    public void close() {
        alarms.close();
        restore();
    }
}
