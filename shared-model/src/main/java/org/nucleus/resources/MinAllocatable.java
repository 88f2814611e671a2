package org.nucleus.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.nucleus.wire.OfferFilters;

/**
 * The least that is worth an offer: one of several quantities, each of which may name several scalars. Written {@code
 * cpus:0.01|mem:32}, where {@code |} means or and {@code ;} within means and. Without any, everything is worth an
 * offer. Source: the master's flag {@code --min_allocatable_resources}, and OfferFilters of FrameworkInfo.
 */
public record MinAllocatable(List<List<Scalar>> choices) {
    /** The original's default. */
    public static final MinAllocatable DEFAULT = parse("cpus:0.01|mem:32");

    public MinAllocatable {
        choices = choices.stream().map(List::copyOf).toList();
    }

    /**
     * @throws InvalidResources naming the part at fault
     */
    public static MinAllocatable parse(String text) {
        List<List<Scalar>> choices = new ArrayList<>();
        for (String choice : text.split("\\|")) {
            if (!choice.isBlank()) {
                choices.add(scalars(choice));
            }
        }
        return new MinAllocatable(choices);
    }

    /** What one framework asks for one of its roles. */
    public static MinAllocatable of(OfferFilters.MinAllocatableResources filter) {
        List<List<Scalar>> choices = new ArrayList<>();
        for (OfferFilters.ResourceQuantities quantities : filter.quantities()) {
            List<Scalar> choice = new ArrayList<>();
            quantities.quantities().forEach((name, value) -> choice.add(scalar(name, value.value())));
            choices.add(choice);
        }
        return new MinAllocatable(choices);
    }

    public boolean isMetBy(Resources resources) {
        return choices.isEmpty() || choices.stream().anyMatch(choice -> hasAll(resources, choice));
    }

    private static boolean hasAll(Resources resources, List<Scalar> choice) {
        return choice.stream().allMatch(scalar -> resources.thousandths(scalar.name()) >= scalar.thousandths());
    }

    private static Scalar scalar(String name, double value) {
        if (!(value >= 0)) {
            throw new InvalidResources("Minimum of '" + name + "' is not a number from 0 up");
        }
        return Scalar.of(name, value);
    }

    private static List<Scalar> scalars(String choice) {
        Resources resources = ResourceParser.parse(choice, Roles.UNRESERVED);
        if (!resources.withoutScalars().isEmpty() || !resources.reserved().isEmpty()) {
            throw new InvalidResources("Minimum '" + choice + "' may name unreserved scalars only");
        }
        return resources.scalars();
    }

    @Override
    public String toString() {
        return choices.stream()
                .map(choice -> choice.stream().map(Scalar::toString).collect(Collectors.joining(";")))
                .collect(Collectors.joining("|"));
    }
}
