package org.nucleus.driver;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.mesos.Protos.Status;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Credential;
import org.nucleus.access.Mechanism;
import org.nucleus.scheduler.SchedulerClient;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.Filters;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@code MesosSchedulerDriver} does: a framework's registration with whichever master leads, its calls while the
 * driver runs, and its callbacks, all on one thread and in order. Calls go out at once, also from within callbacks.
 * Thread-safe. Source: sched/sched.cpp.
 */
public final class SchedulerSession {
    private static final Logger log = LoggerFactory.getLogger(SchedulerSession.class);
    private static final Duration LAST_CALLS_MOST = Duration.ofSeconds(5);
    private static final MasterInfo UNNAMED_MASTER =
            MasterInfo.builder().id("").ip(0).port(5050).build();

    private final Settings settings;
    private final SchedulerCallbacks scheduler;
    private final CallbackThread callbacks = new CallbackThread("mesos-scheduler-driver", this::failed);
    private final DriverLife life = new DriverLife();
    private final ReentrantLock lock = new ReentrantLock();
    private final Registration registration;
    private final Set<OfferId> outstanding = new LinkedHashSet<>();
    private @Nullable SchedulerClient client;
    private boolean connected;

    /**
     * @param suppressedRoles those the framework wants no offers for at first
     * @param master as {@link MasterAddress} takes it
     * @param implicitAcknowledgements whether an update is acknowledged when its callback has returned
     */
    public record Settings(
            FrameworkInfo framework,
            List<String> suppressedRoles,
            String master,
            boolean implicitAcknowledgements,
            Optional<Credential> credential) {}

    public SchedulerSession(Settings settings, SchedulerCallbacks scheduler) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.registration =
                new Registration(FrameworkDescription.complete(settings.framework()), settings.suppressedRoles());
    }

    public Status start() {
        Optional<String> failure = Optional.empty();
        lock.lock();
        try {
            if (life.start()) {
                failure = connect();
            }
        } finally {
            lock.unlock();
        }
        failure.ifPresent(scheduler::error);
        return life.status();
    }

    /** Without {@code failover}, the framework is torn down: the master kills its tasks and forgets it. */
    public Status stop(boolean failover) {
        SchedulerClient last;
        Status answer;
        lock.lock();
        try {
            boolean aborted = life.isAborted();
            if (!life.stop()) {
                return life.status();
            }
            answer = aborted ? Status.DRIVER_ABORTED : Status.DRIVER_STOPPED;
            last = client;
            if (!failover) {
                send(Call.builder().type(Call.Type.TEARDOWN).build());
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            close(last);
        }
        return answer;
    }

    /**
     * No callback comes after this one, and no offer stays with the framework; but it remains registered until the
     * driver is stopped or the process ends, so that its tasks run on.
     */
    public Status abort() {
        lock.lock();
        try {
            if (life.abort()) {
                send(Call.builder().type(Call.Type.SUPPRESS).build());
                decline(List.copyOf(outstanding));
                callbacks.add(life::end);
            }
            return life.status();
        } finally {
            lock.unlock();
        }
    }

    public Status status() {
        return life.status();
    }

    public Status join() {
        return life.join();
    }

    /**
     * Sends {@code call} if running, and connected: else it is dropped, as the framework reconciles when registered
     * again.
     */
    public Status call(Call call) {
        return whileRunning(() -> send(call));
    }

    /** Launches that can't be sent are answered by lost (or, to the partition-aware, dropped) tasks. */
    public Status accept(List<OfferId> offers, List<Offer.Operation> operations, Filters filters) {
        if (operations.stream().anyMatch(operation -> operation.id() != null)) {
            throw new IllegalArgumentException("An offer operation's 'id' field was set, which is disallowed because"
                    + " the SchedulerDriver cannot handle offer operation status updates");
        }
        Call call = Call.builder()
                .type(Call.Type.ACCEPT)
                .accept(new Call.Accept(offers, operations, filters))
                .build();
        return whileRunning(() -> {
            offers.forEach(outstanding::remove);
            if (!send(call)) {
                callbacks.add(
                        () -> lose(operations, "Master disconnected", TaskStatus.Reason.REASON_MASTER_DISCONNECTED));
            }
        });
    }

    public Status decline(OfferId offer, Filters filters) {
        return whileRunning(() -> {
            outstanding.remove(offer);
            send(Call.builder()
                    .type(Call.Type.DECLINE)
                    .decline(new Call.Decline(List.of(offer), filters))
                    .build());
        });
    }

    /** @param roles empty for all */
    public Status revive(Collection<String> roles) {
        Call.Revive some = roles.isEmpty() ? null : new Call.Revive(List.copyOf(roles));
        return whileRunning(() -> {
            registration.revive(roles);
            sendOrUpdateLater(Call.builder().type(Call.Type.REVIVE).revive(some).build());
        });
    }

    /** @param roles empty for all */
    public Status suppress(Collection<String> roles) {
        Call.Suppress some = roles.isEmpty() ? null : new Call.Suppress(List.copyOf(roles));
        return whileRunning(() -> {
            registration.suppress(roles);
            sendOrUpdateLater(
                    Call.builder().type(Call.Type.SUPPRESS).suppress(some).build());
        });
    }

    public Status acknowledge(TaskStatus status) {
        return whileRunning(() -> {
            if (settings.implicitAcknowledgements()) {
                throw new IllegalStateException(
                        "Cannot call acknowledgeStatusUpdate: Implicit acknowledgements are enabled");
            }
            sendAcknowledgement(status);
        });
    }

    public Status update(Call.UpdateFramework update) {
        if (new LinkedHashSet<>(update.suppressedRoles()).size()
                < update.suppressedRoles().size()) {
            throw new IllegalArgumentException(
                    "Invalid suppressed role list: contains duplicates " + update.suppressedRoles());
        }
        Call.UpdateFramework completed = new Call.UpdateFramework(
                FrameworkDescription.complete(update.frameworkInfo()),
                update.suppressedRoles(),
                update.offerConstraints());
        return whileRunning(() -> {
            Optional<String> wrong = registration.update(completed);
            if (wrong.isPresent()) {
                callbacks.add(() -> onError(wrong.get()));
            } else {
                sendOrUpdateLater(registration.updateCall());
            }
        });
    }

    private Optional<String> connect() {
        try {
            SchedulerClient made = new SchedulerClient(
                    new SchedulerClient.Settings(
                            MasterAddress.resolve(settings.master()), settings.credential(), Mechanism.CRAM_MD5),
                    new Hearing());
            client = made;
            callbacks.start();
            made.start(this::subscribe);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            life.failToStart();
            return Optional.of("Failed to create a master detector for '" + settings.master() + "': " + e.getMessage());
        }
    }

    private Call.Subscribe subscribe() {
        lock.lock();
        try {
            return registration.subscribe();
        } finally {
            lock.unlock();
        }
    }

    /** Outside the lock: what was sent last may need a moment, and callbacks may wait for the lock meanwhile. */
    private void close(SchedulerClient last) {
        try {
            if (!last.awaitAnswered(LAST_CALLS_MOST)) {
                log.atWarn().log("Stopped before the master had answered the last calls");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.close();
        callbacks.finish(life::end);
    }

    private Status whileRunning(Runnable action) {
        lock.lock();
        try {
            if (life.isRunning()) {
                action.run();
            }
            return life.status();
        } finally {
            lock.unlock();
        }
    }

    private boolean send(Call call) {
        return connected && client != null && client.send(call);
    }

    private void sendOrUpdateLater(Call call) {
        if (!send(call)) {
            registration.updateLater();
        }
    }

    /** Only updates made by agents and executors want one: those of the master have no uuid. */
    private void sendAcknowledgement(TaskStatus status) {
        if (status.uuid() != null && status.uuid().size() > 0 && status.agentId() != null) {
            send(Call.builder()
                    .type(Call.Type.ACKNOWLEDGE)
                    .acknowledge(new Call.Acknowledge(status.agentId(), status.taskId(), status.uuid()))
                    .build());
        }
    }

    private void decline(List<OfferId> offers) {
        if (!offers.isEmpty()) {
            send(Call.builder()
                    .type(Call.Type.DECLINE)
                    .decline(new Call.Decline(offers, null))
                    .build());
        }
    }

    /** What the client hears, handed to the thread of the callbacks. */
    private final class Hearing implements SchedulerClient.Listener {
        @Override
        public void subscribed(Event.Subscribed event) {
            callbacks.deliver(() -> onSubscribed(event));
        }

        @Override
        public void received(Event event) {
            callbacks.deliver(() -> onEvent(event));
        }

        @Override
        public void disconnected(String reason) {
            if (life.isAborted() && client != null) {
                client.close();
            }
            callbacks.deliver(SchedulerSession.this::onDisconnected);
        }

        @Override
        public void refused(int status, String message, Call call) {
            callbacks.deliver(() -> onRefused(status, message, call));
        }
    }

    private void onSubscribed(Event.Subscribed event) {
        boolean again;
        lock.lock();
        try {
            if (!life.isRunning()) {
                return;
            }
            connected = true;
            again = registration.subscribed(event.frameworkId());
            if (registration.takeUpdateDue()) {
                send(registration.updateCall());
            }
        } finally {
            lock.unlock();
        }
        MasterInfo master = event.masterInfo() != null ? event.masterInfo() : UNNAMED_MASTER;
        if (again) {
            scheduler.reregistered(master);
        } else {
            scheduler.registered(event.frameworkId(), master);
        }
    }

    private void onDisconnected() {
        lock.lock();
        try {
            connected = false;
            outstanding.clear();
            if (life.isAborted() && client != null) {
                client.close();
            }
            if (!life.isRunning()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        scheduler.disconnected();
    }

    private void onEvent(Event event) {
        switch (event.type()) {
            case OFFERS -> ifPresent(event.offers(), offers -> onOffers(offers.offers()));
            case RESCIND -> ifPresent(event.rescind(), rescind -> onRescinded(rescind.offerId()));
            case UPDATE -> ifPresent(event.update(), update -> onUpdate(update.status()));
            case MESSAGE -> ifPresent(event.message(), message -> ifRunning(() -> scheduler.frameworkMessage(message)));
            case FAILURE -> ifPresent(event.failure(), failure -> ifRunning(() -> onFailure(failure)));
            case ERROR -> ifPresent(event.error(), error -> onError(error.message()));
            case null -> log.atWarn().log("Dropped an event without a type");
            case SUBSCRIBED, INVERSE_OFFERS, RESCIND_INVERSE_OFFER, UPDATE_OPERATION_STATUS, HEARTBEAT, UNKNOWN ->
                log.atDebug().addKeyValue("type", event.type()).log("Dropped an event that v0 schedulers don't know");
        }
    }

    private static <T> void ifPresent(@Nullable T body, Consumer<T> then) {
        if (body == null) {
            log.atWarn().log("Dropped an event without its body");
        } else {
            then.accept(body);
        }
    }

    private void ifRunning(Runnable callback) {
        if (life.isRunning()) {
            callback.run();
        }
    }

    private void onOffers(List<Offer> offers) {
        List<OfferId> ids = offers.stream().map(Offer::id).toList();
        lock.lock();
        try {
            if (life.isAborted()) {
                decline(ids);
            }
            if (!life.isRunning() || offers.isEmpty()) {
                return;
            }
            outstanding.addAll(ids);
        } finally {
            lock.unlock();
        }
        scheduler.resourceOffers(offers);
    }

    private void onRescinded(OfferId offer) {
        lock.lock();
        try {
            outstanding.remove(offer);
        } finally {
            lock.unlock();
        }
        ifRunning(() -> scheduler.offerRescinded(offer));
    }

    /** Acknowledged only after the callback has returned, and not if the driver was stopped or aborted in it. */
    private void onUpdate(TaskStatus status) {
        if (!life.isRunning()) {
            return;
        }
        boolean wantsNone = status.uuid() == null || status.uuid().size() == 0;
        scheduler.statusUpdate(wantsNone ? status.toBuilder().uuid(null).build() : status);
        if (settings.implicitAcknowledgements()) {
            whileRunning(() -> sendAcknowledgement(status));
        }
    }

    private void onFailure(Event.Failure failure) {
        ExecutorId executor = failure.executorId();
        if (failure.agentId() == null) {
            log.atWarn().log("Dropped a failure that names no agent");
        } else if (executor != null) {
            scheduler.executorLost(executor, failure.agentId(), failure.status());
        } else {
            scheduler.agentLost(failure.agentId());
        }
    }

    private void onError(String message) {
        if (life.isRunning()) {
            abort();
            scheduler.error(message);
        }
    }

    /**
     * The master answered a call with an error status. A subscription that was refused for what it says, and an update
     * of the framework, are fatal, as the original's master sends an error for them; others are lost like a v0
     * message.
     */
    private void onRefused(int status, String message, Call call) {
        boolean forWhatItSays = status == 400 || status == 401 || status == 403;
        boolean fatal = call.type() == Call.Type.SUBSCRIBE || call.type() == Call.Type.UPDATE_FRAMEWORK;
        if (forWhatItSays && fatal) {
            onError(status == 401 ? "Master refused authentication" : message);
            return;
        }
        log.atWarn()
                .addKeyValue("call", call.type())
                .addKeyValue("status", status)
                .log("Refused: {}", message);
        if (status != 0 && call.accept() != null) {
            lose(call.accept().operations(), "Master refused: " + message, TaskStatus.Reason.REASON_INVALID_OFFERS);
        }
    }

    private void lose(List<Offer.Operation> operations, String message, TaskStatus.Reason reason) {
        boolean partitionAware;
        lock.lock();
        try {
            partitionAware = registration.isPartitionAware();
        } finally {
            lock.unlock();
        }
        for (TaskInfo task : Launches.of(operations)) {
            ifRunning(() -> scheduler.statusUpdate(Launches.lost(task, partitionAware, message, reason)));
        }
    }

    /** A callback threw: as in the original, that ends the driver. */
    private void failed(Throwable thrown) {
        log.atError().setCause(thrown).log("A callback of the scheduler failed; the driver aborts");
        abort();
    }
}
