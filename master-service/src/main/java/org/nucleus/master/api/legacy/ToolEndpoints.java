package org.nucleus.master.api.legacy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.nucleus.master.access.MasterAccess;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.api.Answers;
import org.nucleus.master.metrics.MasterMetrics;
import org.nucleus.service.flags.MesosDuration;
import org.nucleus.service.logging.LoggingLevel;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What tools and people ask of any master, leading or not: its help, its logging, the machine's load. */
@RestController
class ToolEndpoints {
    private static final Map<String, String> STATS = Map.of(
            "avg_load_1min", "system/load_1min",
            "avg_load_5min", "system/load_5min",
            "avg_load_15min", "system/load_15min",
            "cpus_total", "system/cpus_total",
            "mem_total_bytes", "system/mem_total_bytes",
            "mem_free_bytes", "system/mem_free_bytes");

    private static final String HELP = """
            Only the leading master answers at each of these paths, and at the same below /master:
              POST /api/v1                the operator API: docs/protocol/operator.md
              POST /api/v1/scheduler      the scheduler API: docs/protocol/scheduler.md
              GET  /state                 agents, frameworks, executors and tasks
              GET  /state-summary         the same, with numbers of tasks instead of tasks
              GET  /slaves?slave_id=      agents
              GET  /frameworks?framework_id=
              GET  /tasks?limit=&offset=&order=&framework_id=&task_id=
              GET  /roles                 roles, their weights, quotas and resources
              GET, PUT /weights           of roles
              GET, POST /quota            of roles; DELETE /quota/{role}
              POST /reserve, /unreserve, /create-volumes, /destroy-volumes
              POST /teardown              ends a framework
              GET, POST /maintenance/schedule
              GET  /maintenance/status
              POST /machine/down, /machine/up

            Every master answers at these, and at those of the second group below /master too:
              GET  /files/browse?path=    what lies below a path; /master/log is --external_log_file
              GET  /files/read?path=&offset=&length=
              GET  /files/download?path=
              GET  /files/debug           what can be looked into
              GET  /logging/toggle?level=&duration=
              GET  /system/stats.json     the machine's load and memory

              GET  /redirect              to the leading master
              GET  /flags                 this master's flags
              GET  /metrics/snapshot      counters and gauges
              GET  /health, /version
            """;

    private final MasterAccess access;
    private final LoggingLevel logging;

    ToolEndpoints(MasterAccess access, LoggingLevel logging) {
        this.access = access;
        this.logging = logging;
    }

    @GetMapping("/system/stats.json")
    void stats(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Double> system = MasterMetrics.system();
        JsonBody.send(request, response, json -> {
            json.writeStartObject();
            STATS.forEach((name, gauge) -> json.writeNumberProperty(name, system.getOrDefault(gauge, 0.0)));
            json.writeEndObject();
        });
    }

    /** Without parameters, tells the level. Source: libprocess, logging.cpp, Logging::toggle. */
    @RequestMapping("/logging/toggle")
    void toggle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Viewer viewer = new Viewer(access.caller().grants());
        if (!viewer.opens("/logging/toggle")) {
            Answers.send(response, HttpServletResponse.SC_FORBIDDEN, "");
            return;
        }
        String level = request.getParameter("level");
        String duration = request.getParameter("duration");
        if (level == null && duration == null) {
            Answers.send(response, 200, logging.current() + "\n");
        } else if (level == null) {
            Answers.send(response, 400, "Expecting 'level=value' in query.\n");
        } else if (duration == null) {
            Answers.send(response, 400, "Expecting 'duration=value' in query.\n");
        } else {
            Optional<String> fault = raise(level, duration);
            Answers.send(response, fault.isEmpty() ? 200 : 400, fault.orElse(""));
        }
    }

    private Optional<String> raise(String level, String duration) {
        try {
            return logging.raise(Long.parseLong(level), MesosDuration.parse(duration));
        } catch (IllegalArgumentException e) {
            return Optional.of("Invalid level '" + level + "' or duration '" + duration + "'.\n");
        }
    }

    @GetMapping({"/help", "/help/**"})
    void help(HttpServletResponse response) throws IOException {
        Answers.send(response, 200, HELP);
    }
}
