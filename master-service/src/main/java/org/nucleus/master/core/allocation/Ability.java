package org.nucleus.master.core.allocation;

import org.nucleus.master.core.state.Framework;
import org.nucleus.resources.Resources;
import org.nucleus.wire.FrameworkInfo.Capability;

/**
 * Which resources a framework has said it can handle.
 *
 * @param bits one for each kind that not all can handle
 */
record Ability(int bits) {
    /** How many different ones there are. */
    static final int ALL = 8;

    private static final int REVOCABLE = 1;
    private static final int SHARED = 2;
    private static final int REFINED = 4;

    static Ability of(Framework framework) {
        return new Ability((framework.has(Capability.Type.REVOCABLE_RESOURCES) ? REVOCABLE : 0)
                | (framework.has(Capability.Type.SHARED_RESOURCES) ? SHARED : 0)
                | (framework.has(Capability.Type.RESERVATION_REFINEMENT) ? REFINED : 0));
    }

    /** {@code available} without what it can't handle. */
    Resources limit(Resources available) {
        Resources limited = available;
        if ((bits & REVOCABLE) == 0) {
            limited = limited.nonRevocable();
        }
        if ((bits & SHARED) == 0) {
            limited = limited.nonShared();
        }
        return (bits & REFINED) == 0 ? limited.notRefined() : limited;
    }
}
