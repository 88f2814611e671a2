package org.nucleus.marathon.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nucleus.machine.TimerQueue;
import org.nucleus.marathon.access.Caller;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /logging}: how much each logger writes, and how to change that for a while. Source: api.SystemResource. */
@RestController
class LoggingController implements AutoCloseable {
    private final LoggingSystem system;
    private final Caller caller;
    private final TimerQueue<String> alarms;
    private final Map<String, LogLevel> before = new ConcurrentHashMap<>();

    LoggingController(LoggingSystem system, Caller caller) {
        this.system = system;
        this.caller = caller;
        this.alarms = new TimerQueue<>("marathon-logging", Clock.systemUTC(), this::restore);
        alarms.start();
    }

    @GetMapping(path = "/logging", produces = "application/json")
    ResponseEntity<String> levels() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (LoggerConfiguration logger : system.getLoggerConfigurations()) {
            boolean own = logger.getConfiguredLevel() != null;
            json.put(logger.getName(), logger.getEffectiveLevel() + (own ? "" : " (inherited)"));
        }
        return Answers.json(json);
    }

    /** {@code {"level":"debug","logger":"org.nucleus","durationSeconds":60}}; without a duration until told otherwise. */
    @PostMapping("/logging")
    ResponseEntity<String> change(HttpServletRequest request) throws IOException {
        caller.mustRule();
        JsonNode body = Bodies.read(request);
        String logger = body.path("logger").asString("ROOT");
        LogLevel level = level(body.path("level").asString(""));
        LoggerConfiguration known = system.getLoggerConfiguration(logger);
        JsonNode duration = body.path("durationSeconds");
        if (duration.isNumber()) {
            LogLevel usual = known == null ? null : known.getConfiguredLevel();
            before.putIfAbsent(logger, usual == null ? LogLevel.INFO : usual);
            alarms.wake(logger, Clock.systemUTC().instant().plus(Duration.ofSeconds(duration.asLong())));
        }
        system.setLogLevel(logger, level);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return Answers.json(json.put(logger, level.name()));
    }

    private static LogLevel level(String text) {
        try {
            return LogLevel.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Bodies.refusal(422, "The level must be one of trace, debug, info, warn, error and off.");
        }
    }

    private void restore(String logger) {
        LogLevel usual = before.remove(logger);
        if (usual != null) {
            system.setLogLevel(logger, usual);
        }
    }

    @Override
    public void close() {
        alarms.close();
        before.keySet().forEach(this::restore);
    }
}
