package org.nucleus.master.core.allocation;

import org.jspecify.annotations.Nullable;
import org.nucleus.resources.MinAllocatable;
import org.nucleus.resources.Resources;

/**
 * What frameworks of one role may take of one agent: the same for all of like {@link Ability}, and so made once for
 * hundreds of them.
 */
final class Takeables {
    private final Resources available;
    private final String role;
    private final QuotaHeadroom quotas;
    private final @Nullable Resources[] byAbility = new @Nullable Resources[Ability.ALL];
    private final @Nullable MinAllocatable[] asked = new @Nullable MinAllocatable[Ability.ALL];
    private final boolean[] enough = new boolean[Ability.ALL];

    /** @param available what the role may be offered of the agent, as far as quotas don't keep it from that */
    Takeables(Resources available, String role, QuotaHeadroom quotas) {
        this.available = available;
        this.role = role;
        this.quotas = quotas;
    }

    Resources of(Ability ability) {
        Resources known = byAbility[ability.bits()];
        if (known == null) {
            known = quotas.fit(role, ability.limit(available));
            byAbility[ability.bits()] = known;
        }
        return known;
    }

    /** Whether there is any, and {@code least} of it. */
    boolean isEnough(Ability ability, MinAllocatable least) {
        int bits = ability.bits();
        if (asked[bits] != least) {
            Resources takeable = of(ability);
            asked[bits] = least;
            enough[bits] = !takeable.isEmpty() && least.isMetBy(takeable);
        }
        return enough[bits];
    }
}
