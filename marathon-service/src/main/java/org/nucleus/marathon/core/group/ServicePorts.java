package org.nucleus.marathon.core.group;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.PortDefinition;

/**
 * Chooses a number for each port defined as 0, from the operator's range, free in the whole tree; an app keeps the numbers
 * that it had. Source: GroupManagerImpl.assignDynamicServicePorts.
 */
final class ServicePorts {
    private final int min;
    private final int max;

    ServicePorts(int min, int max) {
        this.min = min;
        this.max = max;
    }

    /** @return {@code app} with every port chosen; empty if the range is exhausted */
    Optional<App> assign(App app, @Nullable App before, NavigableMap<AppPath, App> all) {
        boolean exactly = app.isOnHostNetwork() && app.ports().required();
        if (app.isPod() || exactly || !app.ports().numbers().contains(0)) {
            return Optional.of(app);
        }
        Set<Integer> taken = new LinkedHashSet<>(app.ports().numbers());
        all.values().stream()
                .filter(other -> !other.id().equals(app.id()))
                .flatMap(other -> other.ports().definitions().stream())
                .map(PortDefinition::port)
                .forEach(taken::add);
        List<Integer> earlier =
                new ArrayList<>(before == null ? List.of() : before.ports().numbers());
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < app.ports().definitions().size(); i++) {
            int asked = app.ports().definitions().get(i).port();
            int number = asked != 0 ? asked : keep(earlier, i, taken);
            number = number != 0 ? number : firstFree(taken);
            if (number == 0) {
                return Optional.empty();
            }
            taken.add(number);
            numbers.add(number);
        }
        return Optional.of(app.withPorts(app.ports().withNumbers(numbers)));
    }

    private int keep(List<Integer> earlier, int index, Set<Integer> taken) {
        int number = index < earlier.size() ? earlier.get(index) : 0;
        return number >= min && number < max && !taken.contains(number) ? number : 0;
    }

    private int firstFree(Set<Integer> taken) {
        for (int number = min; number < max; number++) {
            if (!taken.contains(number)) {
                return number;
            }
        }
        return 0;
    }
}
