package org.nucleus.marathon.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /metrics}: the figures in the JSON of the original, by kind. Source: metrics.dropwizard.conf, MetricsResource. */
@RestController
class MetricsController {
    private final MeterRegistry registry;

    MetricsController(MeterRegistry registry) {
        this.registry = registry;
    }

    @GetMapping(path = "/metrics", produces = "application/json")
    ResponseEntity<String> metrics() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", "4.0.0");
        ObjectNode counters = json.putObject("counters");
        ObjectNode gauges = json.putObject("gauges");
        ObjectNode histograms = json.putObject("histograms");
        json.putObject("meters");
        ObjectNode timers = json.putObject("timers");
        for (Meter meter : registry.getMeters()) {
            String name = name(meter);
            meter.use(
                    gauge -> value(gauges, name, gauge),
                    counter -> count(counters, name, counter),
                    timer -> timer(timers.putObject(name), timer),
                    summary -> histogram(histograms.putObject(name), summary),
                    running -> running(gauges, name, running),
                    gauge -> time(gauges, name, gauge),
                    counter -> count(counters, name, counter),
                    _ -> {
                        // sums of times by others are of no use without their counts
                    },
                    _ -> {
                        // nor are meters of a kind of their own
                    });
        }
        return Answers.json(json);
    }

    private static String name(Meter meter) {
        StringJoiner name = new StringJoiner(".");
        name.add(meter.getId().getName());
        meter.getId().getTags().forEach(tag -> name.add(tag.getKey() + "-" + tag.getValue()));
        return name.toString();
    }

    private static void value(ObjectNode json, String name, Gauge gauge) {
        put(json.putObject(name), "value", gauge.value());
    }

    private static void time(ObjectNode json, String name, TimeGauge gauge) {
        put(json.putObject(name), "value", gauge.value(TimeUnit.SECONDS));
    }

    private static void running(ObjectNode json, String name, LongTaskTimer timer) {
        json.putObject(name).put("value", timer.activeTasks());
    }

    private static void count(ObjectNode json, String name, Counter counter) {
        json.putObject(name).put("count", (long) counter.count());
    }

    private static void count(ObjectNode json, String name, FunctionCounter counter) {
        json.putObject(name).put("count", (long) counter.count());
    }

    private static void timer(ObjectNode json, Timer timer) {
        json.put("count", timer.count());
        put(json, "max", timer.max(TimeUnit.SECONDS));
        put(json, "mean", timer.mean(TimeUnit.SECONDS));
        json.put("duration_units", "seconds");
    }

    private static void histogram(ObjectNode json, DistributionSummary summary) {
        json.put("count", summary.count());
        put(json, "max", summary.max());
        put(json, "mean", summary.mean());
    }

    /** What isn't a number has no form in JSON. */
    private static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
