package org.nucleus.machine;

import java.util.List;

/** What one input did: {@code durable} must be stored before any of {@code effects} may leave the process. */
public record Step<C, F>(List<C> durable, List<F> effects) {
    public Step {
        durable = List.copyOf(durable);
        effects = List.copyOf(effects);
    }

    public static <C, F> Step<C, F> none() {
        return new Step<>(List.of(), List.of());
    }
}
