package org.nucleus.agent.api;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.access.AgentAccess;
import org.nucleus.service.flags.MesosDuration;
import org.nucleus.service.logging.LoggingLevel;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What tools and people ask of any agent: its help, its logging, the machine's load. */
@RestController
class ToolEndpoints {
    private static final String HELP = """
            This agent answers at each of these paths, and at the same below /slave(1):
              POST /api/v1                the operator API: docs/protocol/operator.md
              POST /api/v1/executor       the executor API: docs/protocol/executor.md
              GET  /state                 frameworks, executors and tasks
              GET  /containers            what containers use, with their ids
              GET  /monitor/statistics    what containers use
              GET  /flags                 the agent's flags
              GET  /files/browse?path=    the entries of a directory in a sandbox
              GET  /files/read?path=&offset=&length=
              GET  /files/download?path=
              GET  /files/debug           what can be looked into
              GET  /metrics/snapshot      counters and gauges
              GET  /logging/toggle?level=&duration=
              GET  /system/stats.json     the machine's load and memory
              GET  /health, /version
            """;

    private final AgentAccess access;
    private final LoggingLevel logging;

    ToolEndpoints(AgentAccess access, LoggingLevel logging) {
        this.access = access;
        this.logging = logging;
    }

    @GetMapping({"/help", "/help/**"})
    ResponseEntity<byte[]> help() {
        return text(200, HELP);
    }

    @GetMapping("/system/stats.json")
    ResponseEntity<byte[]> stats() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(JsonDocument.write(json -> {
            var system = ManagementFactory.getOperatingSystemMXBean();
            json.writeStartObject();
            json.writeNumberProperty("avg_load_1min", Math.max(0, system.getSystemLoadAverage()));
            json.writeNumberProperty("cpus_total", system.getAvailableProcessors());
            if (system instanceof com.sun.management.OperatingSystemMXBean memory) {
                json.writeNumberProperty("mem_total_bytes", memory.getTotalMemorySize());
                json.writeNumberProperty("mem_free_bytes", memory.getFreeMemorySize());
            }
            json.writeEndObject();
        }));
    }

    /** Without parameters, tells the level. Source: libprocess, logging.cpp, Logging::toggle. */
    @RequestMapping("/logging/toggle")
    ResponseEntity<byte[]> toggle(
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(required = false) @Nullable String duration) {
        if (!access.viewer().opens("/logging/toggle")) {
            return text(403, "");
        }
        if (level == null && duration == null) {
            return text(200, logging.current() + "\n");
        }
        if (level == null || duration == null) {
            return text(400, "Expecting '" + (level == null ? "level" : "duration") + "=value' in query.\n");
        }
        Optional<String> fault = raise(level, duration);
        return text(fault.isEmpty() ? 200 : 400, fault.orElse(""));
    }

    private Optional<String> raise(String level, String duration) {
        try {
            return logging.raise(Long.parseLong(level), MesosDuration.parse(duration));
        } catch (IllegalArgumentException e) {
            return Optional.of("Invalid level '" + level + "' or duration '" + duration + "'.\n");
        }
    }

    private static ResponseEntity<byte[]> text(int status, String message) {
        return ResponseEntity.status(status)
                .contentType(MediaType.TEXT_PLAIN)
                .body(message.getBytes(StandardCharsets.UTF_8));
    }
}
