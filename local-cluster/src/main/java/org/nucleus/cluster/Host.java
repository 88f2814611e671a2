package org.nucleus.cluster;

import java.util.Optional;

/** Where the services run. */
sealed interface Host permits SharedJvm, SeparateJvms {
    /** Starts the service and returns when it answers, or at least is on its way. */
    void start(Service service);

    boolean isRunning(Service service);

    /** Ends the service; an agent first ends its tasks. */
    void stop(Service service);

    void startZooKeeper();

    boolean isZooKeeperRunning();

    void stopZooKeeper();

    /** Why the service, that was started, is no more. */
    Optional<String> failure(Service service);
}
