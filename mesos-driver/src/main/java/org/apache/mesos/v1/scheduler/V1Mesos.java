package org.apache.mesos.v1.scheduler;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.mesos.v1.Protos.Credential;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.nucleus.driver.Credentials;
import org.nucleus.driver.V1Session;

/**
 * Connects a v1 {@link Scheduler} with a master, in pure Java: passes calls and events, and says when there is a
 * master to subscribe with. Starts at once. Thread-safe.
 */
public class V1Mesos implements Mesos {
    private final V1Session session;

    public V1Mesos(Scheduler scheduler, String master) {
        this(scheduler, master, Optional.empty());
    }

    public V1Mesos(Scheduler scheduler, String master, Credential credential) {
        this(scheduler, master, credentials(credential));
    }

    private V1Mesos(Scheduler scheduler, String master, Optional<org.nucleus.access.Credential> credential) {
        Objects.requireNonNull(scheduler, "Not expecting a null scheduler");
        Objects.requireNonNull(master, "Not expecting a null master");
        session = new V1Session(new V1Session.Settings(master, credential, UnaryOperator.identity()), scheduler, this);
        session.start();
    }

    private static Optional<org.nucleus.access.Credential> credentials(Credential credential) {
        Objects.requireNonNull(credential, "Not expecting a null credential");
        return Optional.of(Credentials.fromBytes(credential.toByteArray()));
    }

    @Override
    public void send(Call call) {
        session.send(call.toByteArray());
    }

    @Override
    public void reconnect() {
        session.reconnect();
    }
}
