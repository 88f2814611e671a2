package org.nucleus.marathon.core.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.PlanStep;
import org.nucleus.marathon.core.state.PlanStep.Action;
import org.nucleus.marathon.core.state.PlanStep.Kind;

/** The steps from one set of apps to another: stop what goes, begin what comes, then layer by layer what changes. */
public final class DeploymentPlan {
    private DeploymentPlan() {}

    /**
     * @param original of each touched app, {@code target} likewise; an app in both is touched even if nothing differs
     * @param layers of all apps of the target
     * @param mixed whether an app has instances of another configuration than its present one, which an earlier
     *     deployment left behind
     */
    public static List<PlanStep> between(
            Map<AppPath, App> original, Map<AppPath, App> target, Map<AppPath, Integer> layers, Predicate<App> mixed) {
        List<Action> stops = new ArrayList<>();
        List<Action> starts = new ArrayList<>();
        NavigableMap<Integer, List<Action>> changes = new TreeMap<>();
        original.values().stream()
                .filter(app -> !target.containsKey(app.id()))
                .forEach(app -> stops.add(new Action(Kind.STOP, app.id(), app.isPod())));
        target.forEach((path, app) -> {
            App before = original.get(path);
            if (before == null) {
                starts.add(new Action(Kind.START, path, app.isPod()));
            }
            changes.computeIfAbsent(layers.getOrDefault(path, 0), _ -> new ArrayList<>())
                    .add(new Action(kind(before, app, mixed), path, app.isPod()));
        });
        List<PlanStep> steps = new ArrayList<>();
        steps.add(new PlanStep(stops));
        steps.add(new PlanStep(starts));
        changes.values().forEach(actions -> steps.add(new PlanStep(actions)));
        steps.removeIf(step -> step.actions().isEmpty());
        return steps;
    }

    private static Kind kind(@Nullable App before, App after, Predicate<App> mixed) {
        boolean sameConfiguration = before == null
                || before.versionInfo()
                        .lastConfigChangeAt()
                        .equals(after.versionInfo().lastConfigChangeAt());
        boolean same = sameConfiguration && (before == null || !mixed.test(before));
        return same || after.instances() == 0 ? Kind.SCALE : Kind.RESTART;
    }
}
