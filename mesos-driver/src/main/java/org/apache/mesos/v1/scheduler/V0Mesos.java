package org.apache.mesos.v1.scheduler;

import static org.nucleus.driver.OriginalMessages.toWire;

import java.util.Objects;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Credential;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.nucleus.driver.Credentials;
import org.nucleus.driver.FrameworkDescription;
import org.nucleus.driver.V1Session;
import org.nucleus.wire.FrameworkId;

/**
 * Connects a v1 {@link Scheduler} as the original does over its v0 driver: the framework is the one given here,
 * whatever the scheduler says in SUBSCRIBE, and keeps its id over reconnections. Calls that the original's adapter
 * drops, such as those about inverse offers, are sent. Starts at once. Thread-safe.
 */
public class V0Mesos implements Mesos {
    private final V1Session session;

    public V0Mesos(Scheduler scheduler, FrameworkInfo framework, String master) {
        this(scheduler, framework, master, Optional.empty());
    }

    public V0Mesos(Scheduler scheduler, FrameworkInfo framework, String master, Credential credential) {
        this(scheduler, framework, master, credentials(credential));
    }

    private V0Mesos(
            Scheduler scheduler,
            FrameworkInfo framework,
            String master,
            Optional<org.nucleus.access.Credential> credential) {
        Objects.requireNonNull(scheduler, "Not expecting a null scheduler");
        Objects.requireNonNull(master, "Not expecting a null master");
        var given =
                FrameworkDescription.complete(toWire(framework.toByteArray(), org.nucleus.wire.FrameworkInfo.class));
        session = new V1Session(
                new V1Session.Settings(master, credential, asked -> subscribing(given, asked)), scheduler, this);
        session.start();
    }

    private org.nucleus.wire.scheduler.Call.Subscribe subscribing(
            org.nucleus.wire.FrameworkInfo given, org.nucleus.wire.scheduler.Call.Subscribe asked) {
        FrameworkId id = session.framework().orElse(given.id());
        return new org.nucleus.wire.scheduler.Call.Subscribe(
                given.toBuilder().id(id).build(), asked.suppressedRoles(), asked.offerConstraints());
    }

    private static Optional<org.nucleus.access.Credential> credentials(Credential credential) {
        Objects.requireNonNull(credential, "Not expecting a null credential");
        return Optional.of(Credentials.fromBytes(credential.toByteArray()));
    }

    @Override
    public void send(Call call) {
        session.send(call.toByteArray());
    }

    /** As in the original, does nothing: the driver notices a lost master by itself. */
    @Override
    public void reconnect() {}
}
