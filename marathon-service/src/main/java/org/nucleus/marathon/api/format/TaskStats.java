package org.nucleus.marathon.api.format;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Instance;
import tools.jackson.databind.node.ObjectNode;

/** How many tasks there are, how they are, and for how long they have run. Source: core.appinfo.TaskStatsByVersion. */
final class TaskStats {
    private TaskStats() {}

    static void write(ObjectNode json, App app, List<Instance> instances) {
        List<Instance> launched =
                instances.stream().filter(Instance::isLaunched).toList();
        Instant scaled = app.versionInfo().lastScalingAt().at();
        part(
                json,
                "startedAfterLastScaling",
                launched,
                one -> !one.version().at().isBefore(scaled));
        part(json, "withLatestConfig", launched, app::isCurrent);
        part(json, "withOutdatedConfig", launched, one -> !app.isCurrent(one));
        part(json, "totalSummary", launched, _ -> true);
    }

    private static void part(ObjectNode json, String name, List<Instance> all, Predicate<Instance> which) {
        List<Instance> some = all.stream().filter(which).toList();
        if (some.isEmpty()) {
            return;
        }
        ObjectNode stats = json.putObject(name).putObject("stats");
        stats.putObject("counts")
                .put("staged", some.stream().filter(AppPicture::isStaged).count())
                .put("running", count(some, one -> one.condition() == Condition.RUNNING))
                .put("healthy", count(some, one -> Boolean.TRUE.equals(one.healthy())))
                .put("unhealthy", count(some, one -> Boolean.FALSE.equals(one.healthy())));
        double[] seconds = some.stream()
                .flatMap(one -> one.run() == null || one.run().startedAt() == null
                        ? java.util.stream.Stream.empty()
                        : java.util.stream.Stream.of(one.run().startedAt()))
                .mapToDouble(started -> Duration.between(started, Instant.now()).toMillis() / 1000.0)
                .sorted()
                .toArray();
        if (seconds.length > 0) {
            stats.putObject("lifeTime")
                    .put(
                            "averageSeconds",
                            java.util.Arrays.stream(seconds).average().orElse(0))
                    .put("medianSeconds", median(seconds));
        }
    }

    private static long count(List<Instance> instances, Predicate<Instance> which) {
        return instances.stream().filter(which).count();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
