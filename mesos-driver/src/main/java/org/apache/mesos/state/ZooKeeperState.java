package org.apache.mesos.state;

import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nucleus.driver.StateEntry;
import org.nucleus.driver.ZooKeeperStorage;

/**
 * Variables in ZooKeeper, in the original's format: a framework finds what it stored through {@code libmesos}. A value
 * may have 1 MB at most. Operations wait until ZooKeeper can be reached. The connection ends when the state is no
 * longer referred to, as in the original. Thread-safe.
 */
public class ZooKeeperState extends AbstractState {
    private static final Cleaner CLEANER = Cleaner.create();

    private final ZooKeeperStorage storage;

    /**
     * @param servers {@code ip1:port1,ip2:port2}
     * @param timeout of the ZooKeeper session
     * @param znode below which the variables are
     */
    public ZooKeeperState(String servers, long timeout, TimeUnit unit, String znode) {
        this(new ZooKeeperStorage(servers, Duration.of(timeout, unit.toChronoUnit()), znode, Optional.empty()));
    }

    /**
     * @param scheme as ZooKeeper names it: {@code digest}
     * @param credentials of that scheme: {@code user:password}
     */
    public ZooKeeperState(
            String servers, long timeout, TimeUnit unit, String znode, String scheme, byte[] credentials) {
        this(new ZooKeeperStorage(
                servers,
                Duration.of(timeout, unit.toChronoUnit()),
                znode,
                Optional.of(new ZooKeeperStorage.Authentication(scheme, credentials))));
    }

    private ZooKeeperState(ZooKeeperStorage storage) {
        this.storage = storage;
        CLEANER.register(this, storage::close);
    }

    /** A variable as it is stored. */
    private static final class Stored extends Variable {
        private final StateEntry entry;

        private Stored(StateEntry entry) {
            this.entry = entry;
        }

        @Override
        public byte[] value() {
            return entry.value().toByteArray();
        }

        @Override
        public Variable mutate(byte[] value) {
            return new Stored(entry.withValue(value));
        }
    }

    /** A variable without a value if there is none of this name. */
    @Override
    public Future<Variable> fetch(String name) {
        return storage.fetch(name).thenApply(Stored::new);
    }

    /** With null if the variable has been stored by somebody else since it was fetched. */
    @Override
    public Future<@Nullable Variable> store(Variable variable) {
        return storage.store(entry(variable))
                .thenApply(stored -> stored.map(Stored::new).orElse(null));
    }

    @Override
    public Future<Boolean> expunge(Variable variable) {
        return storage.expunge(entry(variable));
    }

    @Override
    public Future<Iterator<String>> names() {
        return storage.names().thenApply(Iterable::iterator);
    }

    private static StateEntry entry(Variable variable) {
        if (variable instanceof Stored stored) {
            return stored.entry;
        }
        throw new IllegalArgumentException("The variable is of another state");
    }
}
