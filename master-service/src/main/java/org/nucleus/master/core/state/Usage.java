package org.nucleus.master.core.state;

import org.nucleus.machine.Invariant;
import org.nucleus.resources.Resources;

/** A running sum of what is used and what is offered, with allocation info. Mutable, inside this package only. */
final class Usage {
    private Resources used = Resources.none();
    private Resources offered = Resources.none();

    Resources used() {
        return used;
    }

    Resources offered() {
        return offered;
    }

    void use(Resources more) {
        used = used.plus(more);
    }

    void release(Resources less) {
        Invariant.check(used.contains(less), "released what was not used", less);
        used = used.minus(less);
    }

    void offer(Resources more) {
        offered = offered.plus(more);
    }

    void takeBack(Resources less) {
        Invariant.check(offered.contains(less), "took back what was not offered", less);
        offered = offered.minus(less);
    }
}
