package org.nucleus.chronos.core.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Value;

/** What is left of one offer while tasks are put on it, in exact thousandths. Lives for one step. */
final class Remainder {
    private static final long THOUSAND = 1000;

    private final Offer offer;
    private final List<Portion> portions = new ArrayList<>();
    private final List<TaskInfo> tasks = new ArrayList<>();

    private record Portion(Resource resource, long thousandths) {}

    /** A wanted amount of one scalar, in thousandths. */
    record Want(String name, long thousandths) {
        static Want of(String name, double amount) {
            return new Want(name, Math.round(amount * THOUSAND));
        }
    }

    /** Only plain resources: no volumes, nothing shared, nothing that may be revoked. */
    Remainder(Offer offer) {
        this.offer = offer;
        for (Resource resource : offer.resources()) {
            boolean plain = resource.disk() == null && resource.revocable() == null && resource.shared() == null;
            if (plain && resource.scalar() != null) {
                portions.add(new Portion(resource, Math.round(resource.scalar().value() * THOUSAND)));
            }
        }
    }

    Offer offer() {
        return offer;
    }

    List<TaskInfo> tasks() {
        return tasks;
    }

    void add(TaskInfo task) {
        tasks.add(task);
    }

    /** No task finds room any more: each wants some cpus and memory. */
    boolean isUsedUp() {
        return available("cpus") == 0 || available("mem") == 0;
    }

    /** Takes all of {@code wants}, or nothing. */
    Optional<List<Resource>> take(List<Want> wants) {
        for (Want want : wants) {
            if (available(want.name()) < want.thousandths()) {
                return Optional.empty();
            }
        }
        List<Resource> taken = new ArrayList<>();
        wants.forEach(want -> take(want, taken));
        return Optional.of(taken);
    }

    private long available(String name) {
        return portions.stream()
                .filter(portion -> portion.resource().name().equals(name))
                .mapToLong(Portion::thousandths)
                .sum();
    }

    private void take(Want want, List<Resource> taken) {
        long missing = want.thousandths();
        for (int i = 0; i < portions.size() && missing > 0; i++) {
            Portion portion = portions.get(i);
            long part = Math.min(missing, portion.thousandths());
            if (portion.resource().name().equals(want.name()) && part > 0) {
                portions.set(i, new Portion(portion.resource(), portion.thousandths() - part));
                taken.add(portion.resource().toBuilder()
                        .scalar(new Value.Scalar(part / (double) THOUSAND))
                        .build());
                missing -= part;
            }
        }
    }
}
