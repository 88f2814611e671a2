package org.nucleus.marathon.core.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/**
 * A change of the cluster under way: what each touched app was, what it shall be, and in which order.
 *
 * @param original of each touched app, absent from the map if there was none
 * @param target of each touched app, absent from the map if it shall go
 * @param current index of the step that is worked on
 * @param deadline when it is given up; absent: never
 * @param sentenced instances that shall go first when an app shrinks
 */
public record Deployment(
        String id,
        Version version,
        Map<AppPath, App> original,
        Map<AppPath, App> target,
        List<PlanStep> steps,
        int current,
        List<InstanceId> sentenced,
        @Nullable Instant deadline) {
    public Deployment {
        original = Ordered.copyOf(original);
        target = Ordered.copyOf(target);
        steps = List.copyOf(steps);
        sentenced = List.copyOf(sentenced);
    }

    public List<AppPath> affected() {
        return steps.stream()
                .flatMap(step -> step.actions().stream())
                .map(PlanStep.Action::app)
                .distinct()
                .toList();
    }

    public boolean affects(AppPath app) {
        return original.containsKey(app) || target.containsKey(app);
    }

    public boolean isDone() {
        return current >= steps.size();
    }

    public @Nullable PlanStep step() {
        return isDone() ? null : steps.get(current);
    }

    /** What is to be done to {@code app} now. */
    public Optional<PlanStep.Action> action(AppPath app) {
        PlanStep step = step();
        return step == null
                ? Optional.empty()
                : step.actions().stream()
                        .filter(action -> action.app().equals(app))
                        .findFirst();
    }

    /** What it makes of {@code app}; absent if it lets it go or doesn't touch it. */
    public Optional<App> wanted(AppPath app) {
        return Optional.ofNullable(target.get(app));
    }

    public Deployment advanced() {
        return new Deployment(id, version, original, target, steps, current + 1, sentenced, deadline);
    }
}
