package org.nucleus.resources;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/**
 * What an operation on resources does: {@code consumed} becomes {@code converted}. Master and agent compute it alike.
 * Source: the original's {@code common/resources_utils.cpp}, getResourceConversions.
 */
public record Conversion(Resources consumed, Resources converted) {
    /**
     * The conversion of one of RESERVE, UNRESERVE, CREATE, DESTROY, GROW_VOLUME and SHRINK_VOLUME; empty for any other.
     *
     * @throws InvalidResources if the operation's resources break a rule, or can't be converted that way
     */
    public static Optional<Conversion> of(Operation operation) {
        return switch (operation.type() == null ? Operation.Type.UNKNOWN : operation.type()) {
            case RESERVE -> present(operation.reserve(), Conversion::reserve);
            case UNRESERVE -> present(operation.unreserve(), Conversion::unreserve);
            case CREATE -> present(operation.create(), create -> creation(Resources.of(create.volumes())));
            case DESTROY -> present(operation.destroy(), destroy -> destruction(Resources.of(destroy.volumes())));
            case GROW_VOLUME -> present(operation.growVolume(), Conversion::growth);
            case SHRINK_VOLUME -> present(operation.shrinkVolume(), Conversion::shrinkage);
            case LAUNCH, LAUNCH_GROUP, CREATE_DISK, DESTROY_DISK, UNKNOWN -> Optional.empty();
        };
    }

    /** {@code total} after the conversion; empty if what it consumes is not there. */
    public Optional<Resources> applyTo(Resources total) {
        return total.without(consumed).map(rest -> rest.plus(converted));
    }

    /** The same for resources that are not allocated: those of an agent. */
    public Conversion unallocated() {
        return new Conversion(consumed.unallocated(), converted.unallocated());
    }

    private interface Reading<T> {
        Conversion of(T operation);
    }

    private static <T> Optional<Conversion> present(@Nullable T operation, Reading<T> reading) {
        return operation == null ? Optional.empty() : Optional.of(reading.of(operation));
    }

    private static Conversion reserve(Operation.Reserve reserve) {
        Resources target = Resources.of(reserve.resources());
        if (!reserve.source().isEmpty()) {
            return new Conversion(Resources.of(reserve.source()), target);
        }
        return new Conversion(onceLess(target), target);
    }

    private static Conversion unreserve(Operation.Unreserve unreserve) {
        Resources reserved = Resources.of(unreserve.resources());
        return new Conversion(reserved, onceLess(reserved));
    }

    private static Resources onceLess(Resources reserved) {
        if (!reserved.unreserved().isEmpty()) {
            throw new InvalidResources("Resource " + reserved.unreserved() + " is not dynamically reserved");
        }
        return reserved.unreservedOnce();
    }

    private static Conversion creation(Resources volumes) {
        return new Conversion(volumes.withoutPersistence(), volumes);
    }

    private static Conversion destruction(Resources volumes) {
        return new Conversion(volumes, volumes.withoutPersistence());
    }

    private static Conversion growth(Operation.GrowVolume grow) {
        long size = size(grow.volume()) + size(grow.addition());
        return new Conversion(
                Resources.of(List.of(grow.volume(), grow.addition())), Resources.of(resized(grow.volume(), size)));
    }

    private static Conversion shrinkage(Operation.ShrinkVolume shrink) {
        long less = Scalar.thousandthsOf(shrink.subtract().value());
        long size = size(shrink.volume()) - less;
        if (less <= 0 || size <= 0) {
            throw new InvalidResources("A volume can't be shrunk by its size or more, nor by nothing");
        }
        Resources freed = Resources.of(resized(shrink.volume(), less)).withoutPersistence();
        return new Conversion(
                Resources.of(shrink.volume()),
                Resources.of(resized(shrink.volume(), size)).plus(freed));
    }

    private static long size(Resource disk) {
        Value.Scalar scalar = disk.scalar();
        return scalar == null ? 0 : Scalar.thousandthsOf(scalar.value());
    }

    private static Resource resized(Resource volume, long thousandths) {
        return volume.toBuilder()
                .scalar(new Value.Scalar(Scalar.toDouble(thousandths)))
                .build();
    }
}
