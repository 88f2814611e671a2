package org.nucleus.master.metrics;

import org.nucleus.machine.Journal;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.RegistrySnapshot;
import org.nucleus.master.registry.Registry;

/** A registry, with the time of reading it all measured. */
record TimedRegistry(Registry registry, Timing fetching) implements Registry {
    @Override
    public long elected() {
        return registry.elected();
    }

    @Override
    public RegistrySnapshot recover() {
        long begin = System.nanoTime();
        RegistrySnapshot snapshot = registry.recover();
        fetching.record(System.nanoTime() - begin);
        return snapshot;
    }

    @Override
    public Journal<Change.Durable> journal(long epoch) {
        return registry.journal(epoch);
    }
}
