package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/**
 * What is left of an offer while launches are cut from it. Immutable: each cut gives what remains. Only resources that
 * anyone may simply use count: not revocable or shared ones, nor volumes.
 */
final class Stock {
    private static final double UNIT = 1000;

    private final List<Resource> left;

    private Stock(List<Resource> left) {
        this.left = List.copyOf(left);
    }

    /** What was cut off, and what remains. */
    record Cut(List<Resource> taken, Stock rest) {}

    /** Of an offer: what no instance's reservation holds. */
    static Stock of(List<Resource> offered) {
        return new Stock(offered.stream()
                .filter(Stock::isPlain)
                .filter(resource -> Reservations.holder(resource).isEmpty())
                .toList());
    }

    /** Exactly these: what an instance has reserved. */
    static Stock reserved(List<Resource> resources) {
        return new Stock(resources.stream().filter(Stock::isPlain).toList());
    }

    /** The most that could be had of {@code name}, in thousandths. */
    long available(String name, Placement placement) {
        return left.stream()
                .filter(resource -> fits(resource, name, placement))
                .mapToLong(Stock::thousandths)
                .sum();
    }

    boolean has(String name) {
        return left.stream().anyMatch(resource -> resource.name().equals(name) && thousandths(resource) > 0);
    }

    /** {@code thousandths} of {@code name}, reserved ones first; empty if there aren't as many. */
    Optional<Cut> take(String name, long thousandths, Placement placement) {
        List<Resource> taken = new ArrayList<>();
        List<Resource> rest = new ArrayList<>(left);
        long missing = thousandths;
        for (boolean reserved : new boolean[] {true, false}) {
            for (int i = 0; i < rest.size() && missing > 0; i++) {
                Resource resource = rest.get(i);
                if (!fits(resource, name, placement) || !role(resource).equals("*") != reserved) {
                    continue;
                }
                long here = Math.min(missing, thousandths(resource));
                taken.add(scalar(resource, here));
                rest.set(i, scalar(resource, thousandths(resource) - here));
                missing -= here;
            }
        }
        taken.removeIf(resource -> thousandths(resource) == 0);
        return missing > 0 ? Optional.empty() : Optional.of(new Cut(taken, new Stock(rest)));
    }

    /** The ports that {@code placement} may use, each with the resource that holds it, in ascending order. */
    List<Value.Range> ports(Placement placement) {
        List<Value.Range> ranges = new ArrayList<>();
        left.stream()
                .filter(resource -> fits(resource, "ports", placement))
                .forEach(resource -> ranges.addAll(ranges(resource)));
        return ranges;
    }

    /** Takes exactly {@code numbers}, all of which are there. */
    Cut takePorts(List<Integer> numbers, Placement placement) {
        List<Resource> taken = new ArrayList<>();
        List<Resource> rest = new ArrayList<>();
        for (Resource resource : left) {
            if (!fits(resource, "ports", placement)) {
                rest.add(resource);
                continue;
            }
            List<Integer> here = numbers.stream()
                    .filter(number -> holds(resource, number))
                    .sorted()
                    .toList();
            if (!here.isEmpty()) {
                taken.add(withRanges(
                        resource, here.stream().map(n -> new Value.Range(n, n)).toList()));
            }
            rest.add(withRanges(resource, without(ranges(resource), here)));
        }
        return new Cut(taken, new Stock(rest));
    }

    private static List<Value.Range> without(List<Value.Range> ranges, List<Integer> sortedNumbers) {
        List<Value.Range> rest = new ArrayList<>();
        for (Value.Range range : ranges) {
            long begin = range.begin();
            for (int number : sortedNumbers) {
                if (number >= begin && number <= range.end()) {
                    if (number > begin) {
                        rest.add(new Value.Range(begin, number - 1L));
                    }
                    begin = number + 1L;
                }
            }
            if (begin <= range.end()) {
                rest.add(new Value.Range(begin, range.end()));
            }
        }
        return rest;
    }

    private static boolean holds(Resource resource, int port) {
        return ranges(resource).stream().anyMatch(range -> range.begin() <= port && port <= range.end());
    }

    private static boolean isPlain(Resource resource) {
        return resource.revocable() == null && resource.shared() == null && resource.disk() == null;
    }

    private static boolean fits(Resource resource, String name, Placement placement) {
        return resource.name().equals(name) && placement.accepts(role(resource));
    }

    /** The role that a resource is reserved for, in the old form or the new; {@code *} if it isn't. */
    static String role(Resource resource) {
        if (!resource.reservations().isEmpty()) {
            @Nullable String role = resource.reservations().getLast().role();
            return role == null ? "*" : role;
        }
        return resource.role() == null ? "*" : resource.role();
    }

    private static List<Value.Range> ranges(Resource resource) {
        return resource.ranges() == null ? List.of() : resource.ranges().range();
    }

    private static long thousandths(Resource resource) {
        return resource.scalar() == null ? 0 : Math.round(resource.scalar().value() * UNIT);
    }

    private static Resource scalar(Resource resource, long thousandths) {
        return resource.toBuilder().scalar(new Value.Scalar(thousandths / UNIT)).build();
    }

    private static Resource withRanges(Resource resource, List<Value.Range> ranges) {
        return resource.toBuilder().ranges(new Value.Ranges(ranges)).build();
    }
}
