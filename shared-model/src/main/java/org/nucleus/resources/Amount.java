package org.nucleus.resources;

import java.util.List;
import org.nucleus.machine.Invariant;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/** How much there is of one resource. Both sides of an operation are of one kind: the kind is part of the identity. */
sealed interface Amount permits Amount.Thousandths, Ranges, Items {
    boolean isEmpty();

    boolean contains(Amount part);

    Amount plus(Amount other);

    /** What remains without {@code part}, which is contained. */
    Amount minus(Amount part);

    /** A total order among amounts of one kind, consistent with equals. */
    int compareWith(Amount other);

    void writeTo(Resource.Builder resource);

    static Amount of(Resource resource) {
        return switch (resource.type()) {
            case SCALAR -> {
                var scalar = resource.scalar();
                yield new Thousandths(scalar == null ? 0 : Scalar.thousandthsOf(scalar.value()));
            }
            case RANGES -> {
                var ranges = resource.ranges();
                yield Ranges.of(ranges == null ? List.of() : ranges.range());
            }
            case SET -> {
                var set = resource.set();
                yield Items.of(set == null ? List.of() : set.item());
            }
            case TEXT -> throw new InvalidResources("Resource '" + resource.name() + "' is a text");
        };
    }

    /** The sum of amounts of one kind, at least one. */
    static Amount sum(List<Amount> amounts) {
        return switch (amounts.getFirst()) {
            case Ranges _ -> Ranges.sum(amounts.stream().map(Ranges.class::cast).toList());
            case Items _ ->
                Items.of(amounts.stream()
                        .flatMap(items -> ((Items) items).sorted().stream())
                        .toList());
            case Thousandths first -> amounts.stream().skip(1).reduce(first, Amount::plus);
        };
    }

    /** A scalar's thousandths. */
    record Thousandths(long count) implements Amount {
        public Thousandths {
            Invariant.check(count >= 0, "negative scalar");
        }

        @Override
        public boolean isEmpty() {
            return count == 0;
        }

        @Override
        public boolean contains(Amount part) {
            return ((Thousandths) part).count <= count;
        }

        @Override
        public Amount plus(Amount other) {
            return new Thousandths(Math.addExact(count, ((Thousandths) other).count));
        }

        @Override
        public Amount minus(Amount part) {
            return new Thousandths(count - ((Thousandths) part).count);
        }

        @Override
        public int compareWith(Amount other) {
            return Long.compare(count, ((Thousandths) other).count);
        }

        @Override
        public void writeTo(Resource.Builder resource) {
            resource.scalar(new Value.Scalar(Scalar.toDouble(count)));
        }

        @Override
        public String toString() {
            return Scalar.text(count);
        }
    }
}
