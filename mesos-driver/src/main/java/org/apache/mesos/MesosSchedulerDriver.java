package org.apache.mesos;

import static org.nucleus.driver.OriginalMessages.toWire;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.mesos.Protos.Credential;
import org.apache.mesos.Protos.ExecutorID;
import org.apache.mesos.Protos.Filters;
import org.apache.mesos.Protos.FrameworkInfo;
import org.apache.mesos.Protos.Offer;
import org.apache.mesos.Protos.OfferID;
import org.apache.mesos.Protos.Request;
import org.apache.mesos.Protos.SlaveID;
import org.apache.mesos.Protos.Status;
import org.apache.mesos.Protos.TaskID;
import org.apache.mesos.Protos.TaskInfo;
import org.apache.mesos.Protos.TaskStatus;
import org.apache.mesos.scheduler.Protos.OfferConstraints;
import org.jspecify.annotations.Nullable;
import org.nucleus.driver.Credentials;
import org.nucleus.driver.SchedulerCallbacks;
import org.nucleus.driver.SchedulerSession;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.scheduler.Call;

/**
 * Connects a {@link Scheduler} with a master, in pure Java. Constructors, methods, statuses and callbacks are those of
 * the original; what that answers by ending the process (an acknowledgement although they are implicit, an operation
 * with an id) is an exception here. Thread-safe.
 */
public class MesosSchedulerDriver implements SchedulerDriver {
    private static final Filters NO_FILTERS = Filters.getDefaultInstance();

    private final SchedulerSession session;

    public MesosSchedulerDriver(Scheduler scheduler, FrameworkInfo framework, String master) {
        this(scheduler, framework, List.of(), master, true, Optional.empty());
    }

    public MesosSchedulerDriver(Scheduler scheduler, FrameworkInfo framework, String master, Credential credential) {
        this(scheduler, framework, List.of(), master, true, credentials(credential));
    }

    /** @param implicitAcknowledgements false if the scheduler acknowledges updates by itself */
    public MesosSchedulerDriver(
            Scheduler scheduler, FrameworkInfo framework, String master, boolean implicitAcknowledgements) {
        this(scheduler, framework, List.of(), master, implicitAcknowledgements, Optional.empty());
    }

    public MesosSchedulerDriver(
            Scheduler scheduler,
            FrameworkInfo framework,
            String master,
            boolean implicitAcknowledgements,
            Credential credential) {
        this(scheduler, framework, List.of(), master, implicitAcknowledgements, credentials(credential));
    }

    /** @param suppressedRoles roles that are to get no offers until revived */
    public MesosSchedulerDriver(
            Scheduler scheduler,
            FrameworkInfo framework,
            Collection<String> suppressedRoles,
            String master,
            boolean implicitAcknowledgements) {
        this(scheduler, framework, suppressedRoles, master, implicitAcknowledgements, Optional.empty());
    }

    public MesosSchedulerDriver(
            Scheduler scheduler,
            FrameworkInfo framework,
            Collection<String> suppressedRoles,
            String master,
            boolean implicitAcknowledgements,
            Credential credential) {
        this(scheduler, framework, suppressedRoles, master, implicitAcknowledgements, credentials(credential));
    }

    private MesosSchedulerDriver(
            Scheduler scheduler,
            FrameworkInfo framework,
            Collection<String> suppressedRoles,
            String master,
            boolean implicitAcknowledgements,
            Optional<org.nucleus.access.Credential> credential) {
        Objects.requireNonNull(scheduler, "Not expecting a null Scheduler");
        Objects.requireNonNull(framework, "Not expecting a null FrameworkInfo");
        Objects.requireNonNull(suppressedRoles, "Not expecting a null collection of suppressed roles");
        Objects.requireNonNull(master, "Not expecting a null master");
        session = new SchedulerSession(
                new SchedulerSession.Settings(
                        toWire(framework.toByteArray(), org.nucleus.wire.FrameworkInfo.class),
                        List.copyOf(suppressedRoles),
                        master,
                        implicitAcknowledgements,
                        credential),
                new SchedulerCallbacks(scheduler, this));
    }

    private static Optional<org.nucleus.access.Credential> credentials(Credential credential) {
        Objects.requireNonNull(credential, "Not expecting a null credential");
        return Optional.of(Credentials.fromBytes(credential.toByteArray()));
    }

    @Override
    public Status start() {
        return session.start();
    }

    @Override
    public Status stop(boolean failover) {
        return session.stop(failover);
    }

    @Override
    public Status stop() {
        return stop(false);
    }

    @Override
    public Status abort() {
        return session.abort();
    }

    @Override
    public Status join() {
        return session.join();
    }

    @Override
    public Status run() {
        Status status = start();
        return status != Status.DRIVER_RUNNING ? status : join();
    }

    @Override
    public Status requestResources(Collection<Request> requests) {
        return session.call(Call.builder()
                .type(Call.Type.REQUEST)
                .request(new Call.Request(requests.stream()
                        .map(request -> toWire(request.toByteArray(), org.nucleus.wire.Request.class))
                        .toList()))
                .build());
    }

    @Override
    public Status launchTasks(OfferID offerId, Collection<TaskInfo> tasks) {
        return launchTasks(offerId, tasks, NO_FILTERS);
    }

    @Override
    public Status launchTasks(OfferID offerId, Collection<TaskInfo> tasks, Filters filters) {
        return launchTasks(List.of(offerId), tasks, filters);
    }

    @Override
    public Status launchTasks(Collection<OfferID> offerIds, Collection<TaskInfo> tasks) {
        return launchTasks(offerIds, tasks, NO_FILTERS);
    }

    @Override
    public Status launchTasks(Collection<OfferID> offerIds, Collection<TaskInfo> tasks, Filters filters) {
        Offer.Operation launch = Offer.Operation.newBuilder()
                .setType(Offer.Operation.Type.LAUNCH)
                .setLaunch(Offer.Operation.Launch.newBuilder().addAllTaskInfos(tasks))
                .build();
        return acceptOffers(offerIds, List.of(launch), filters);
    }

    @Override
    public Status killTask(TaskID taskId) {
        return session.call(Call.builder()
                .type(Call.Type.KILL)
                .kill(new Call.Kill(toWire(taskId.toByteArray(), TaskId.class), null, null))
                .build());
    }

    @Override
    public Status acceptOffers(Collection<OfferID> offerIds, Collection<Offer.Operation> operations, Filters filters) {
        return session.accept(
                offerIds.stream()
                        .map(offer -> toWire(offer.toByteArray(), OfferId.class))
                        .toList(),
                operations.stream()
                        .map(operation -> toWire(operation.toByteArray(), org.nucleus.wire.Offer.Operation.class))
                        .toList(),
                toWire(filters.toByteArray(), org.nucleus.wire.Filters.class));
    }

    @Override
    public Status declineOffer(OfferID offerId) {
        return declineOffer(offerId, NO_FILTERS);
    }

    @Override
    public Status declineOffer(OfferID offerId, Filters filters) {
        return session.decline(
                toWire(offerId.toByteArray(), OfferId.class),
                toWire(filters.toByteArray(), org.nucleus.wire.Filters.class));
    }

    @Override
    public Status reviveOffers() {
        return session.revive(List.of());
    }

    /** Of no roles: nothing happens. */
    @Override
    public Status reviveOffers(Collection<String> roles) {
        return roles.isEmpty() ? session.status() : session.revive(roles);
    }

    @Override
    public Status suppressOffers() {
        return session.suppress(List.of());
    }

    /** Of no roles: nothing happens. */
    @Override
    public Status suppressOffers(Collection<String> roles) {
        return roles.isEmpty() ? session.status() : session.suppress(roles);
    }

    /** @throws IllegalStateException if acknowledgements are implicit */
    @Override
    public Status acknowledgeStatusUpdate(TaskStatus status) {
        return session.acknowledge(toWire(status.toByteArray(), org.nucleus.wire.TaskStatus.class));
    }

    @Override
    public Status sendFrameworkMessage(ExecutorID executorId, SlaveID slaveId, byte[] data) {
        return session.call(Call.builder()
                .type(Call.Type.MESSAGE)
                .message(new Call.Message(
                        toWire(slaveId.toByteArray(), AgentId.class),
                        toWire(executorId.toByteArray(), ExecutorId.class),
                        Bytes.of(data)))
                .build());
    }

    @Override
    public Status reconcileTasks(Collection<TaskStatus> statuses) {
        return session.call(Call.builder()
                .type(Call.Type.RECONCILE)
                .reconcile(new Call.Reconcile(statuses.stream()
                        .map(status -> toWire(status.toByteArray(), org.nucleus.wire.TaskStatus.class))
                        .map(status -> new Call.Reconcile.Task(status.taskId(), status.agentId()))
                        .toList()))
                .build());
    }

    @Override
    public Status updateFramework(FrameworkInfo framework, Collection<String> suppressedRoles) {
        return update(framework, suppressedRoles, null);
    }

    @Override
    public Status updateFramework(
            FrameworkInfo framework, Collection<String> suppressedRoles, OfferConstraints offerConstraints) {
        return update(
                framework,
                suppressedRoles,
                toWire(offerConstraints.toByteArray(), org.nucleus.wire.scheduler.OfferConstraints.class));
    }

    private Status update(
            FrameworkInfo framework,
            Collection<String> suppressedRoles,
            org.nucleus.wire.scheduler.@Nullable OfferConstraints offerConstraints) {
        return session.update(new Call.UpdateFramework(
                toWire(framework.toByteArray(), org.nucleus.wire.FrameworkInfo.class),
                List.copyOf(suppressedRoles),
                offerConstraints));
    }
}
