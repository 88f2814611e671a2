package org.nucleus.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.FrameworkInfo.Capability;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.OperationStatus;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Uuid;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/**
 * A framework's scheduler: subscribes and stays subscribed, acknowledges, and comes back under its id until it is told
 * that it was removed; then it begins a new life. What it does with offers and tasks is {@link SchedulerMoves}'.
 */
final class Scheduler {
    private final String name;
    private final Weather weather;
    private final UpdateBook updates;
    private final FrameworkInfo template;
    private final Path path = new Path();
    private final Lane.Manner manner;
    private final List<Life> lives = new ArrayList<>();
    private Life life;
    private SchedulerMoves moves;
    private @Nullable MasterProcess knownLeader;
    private @Nullable Connection connection;
    private boolean subscribed;
    private boolean away;
    private boolean connecting;
    private boolean retired;
    private int connections;

    /** The time between a first subscription and the removal of the framework. */
    static final class Life {
        private final int number;
        private final Book book = new Book();
        private @Nullable FrameworkId id;

        private Life(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        Book book() {
            return book;
        }

        Optional<FrameworkId> id() {
            return Optional.ofNullable(id);
        }
    }

    Scheduler(String name, Weather weather, UpdateBook updates) {
        this.name = name;
        this.weather = weather;
        this.updates = updates;
        this.template = template(name, weather.lot());
        this.manner = weather.lot().chance(0.3) ? Lane.Manner.OVERTAKING : Lane.Manner.IN_ORDER;
        this.life = new Life(0);
        lives.add(life);
        this.moves = new SchedulerMoves(this, weather);
        turn();
    }

    private static FrameworkInfo template(String name, Lot lot) {
        List<Capability> capabilities = new ArrayList<>();
        if (lot.chance(0.6)) {
            capabilities.add(new Capability(Capability.Type.PARTITION_AWARE));
        }
        if (lot.chance(0.5)) {
            capabilities.add(new Capability(Capability.Type.TASK_KILLING_STATE));
        }
        FrameworkInfo.Builder info = FrameworkInfo.builder()
                .name(name)
                .user("nobody")
                .checkpoint(true)
                .failoverTimeout(lot.oneOf(List.of(0.0, 5.0, 60.0, 3600.0, 3600.0)));
        if (lot.chance(0.4)) {
            capabilities.add(new Capability(Capability.Type.MULTI_ROLE));
            info.roles(lot.oneOf(List.of(List.of("a"), List.of("a", "b"), List.of("b"))));
        } else if (lot.chance(0.5)) {
            info.role("a");
        }
        return info.capabilities(capabilities).build();
    }

    // --- connecting -------------------------------------------------------------------------------------------------

    void leaderChanged(Optional<MasterProcess> leader) {
        knownLeader = leader.orElse(null);
        if (leader.isPresent() && !away) {
            connect();
        }
    }

    /** Opens a new connection in place of the one there is, as also another process of this framework would. */
    void connect() {
        away = false;
        connecting = false;
        leaveConnection(weather.fault(0.5));
        MasterProcess leader = knownLeader;
        if (leader == null) {
            return;
        }
        Connection next = new Connection(name + "-" + connections++, weather, path, manner, new Ear(connections));
        connection = next;
        leader.serveScheduler(next);
        FrameworkInfo info =
                life.id().isPresent() ? template.toBuilder().id(life.id().get()).build() : template;
        next.call(Call.builder()
                .frameworkId(life.id().orElse(null))
                .type(Call.Type.SUBSCRIBE)
                .subscribe(new Call.Subscribe(info, moves.suppressedRoles(), null))
                .build());
        int number = connections;
        weather.agenda().in(Duration.ofSeconds(30), () -> {
            if (number == connections && !subscribed && !away && !retired) {
                connect();
            }
        });
    }

    /** Stays away for a while, perhaps longer than its failover timeout. */
    void leave(Duration absence) {
        if (!away) {
            weather.trace().add(name + " is away for " + absence);
            away = true;
            leaveConnection(true);
            weather.agenda().in(absence, this::comeBack);
        }
    }

    void comeBack() {
        if (away) {
            connect();
        }
    }

    /** Ends its framework for good. */
    void retire() {
        retired = call(Call.builder().type(Call.Type.TEARDOWN));
        Broken.unless(retired, "one that has settled can't end", name);
    }

    void breakConnection() {
        if (connection != null) {
            weather.trace().add(name + " has its connection broken");
            connection.breakDown();
        }
    }

    /** @param orderly whether the connection is closed, or merely listened to no more */
    private void leaveConnection(boolean orderly) {
        Connection old = connection;
        connection = null;
        subscribed = false;
        moves.disconnected();
        if (old != null && old.isOpenAtClient()) {
            if (orderly) {
                old.closeByClient();
            } else {
                weather.agenda().in(weather.untilNoticed(), () -> {
                    if (old.isOpenAtClient()) {
                        old.closeByClient();
                    }
                });
            }
        }
    }

    private void retry() {
        leaveConnection(true);
        if (!away && !connecting && !retired) {
            connecting = true;
            Duration pause = weather.isCalm()
                    ? weather.lot().millis(10, 1_000)
                    : weather.lot().millis(10, 8_000);
            weather.agenda().in(pause, () -> {
                if (connecting && !away) {
                    connect();
                }
            });
        }
    }

    /** Hears one connection, until there is another. */
    private final class Ear implements Connection.End {
        private final int number;

        private Ear(int number) {
            this.number = number;
        }

        @Override
        public void received(Object message) {
            if (number == connections && connection != null) {
                weather.trace().add(name + " <-", message);
                hear(weather.wire().unpack(message, Event.class));
            }
        }

        @Override
        public void closed(String reason) {
            if (number == connections && connection != null) {
                weather.trace().add(name + " lost its connection: " + reason);
                retry();
            }
        }
    }

    // --- events -----------------------------------------------------------------------------------------------------

    private void hear(Event event) {
        if (event.subscribed() != null) {
            FrameworkId given = event.subscribed().frameworkId();
            Broken.unless(life.id == null || life.id.equals(given), "a framework got another id", name, given);
            life.id = given;
            subscribed = true;
            moves.subscribed();
        }
        if (event.error() != null) {
            refused(event.error().message());
        }
        if (event.offers() != null) {
            event.offers().offers().forEach(offer -> {
                Broken.unless(offer.frameworkId().equals(life.id), "an offer for another framework", offer);
                moves.offered(offer);
            });
        }
        if (event.inverseOffers() != null) {
            moves.askedFor(event.inverseOffers().inverseOffers());
        }
        if (event.rescind() != null) {
            moves.rescinded(event.rescind().offerId());
        }
        if (event.update() != null) {
            updated(event.update().status());
        }
        if (event.updateOperationStatus() != null) {
            operated(event.updateOperationStatus().status());
        }
    }

    /** Only what comes from the agent has a uuid, and is to be acknowledged. */
    private void operated(OperationStatus status) {
        Uuid uuid = status.uuid();
        OperationId id = status.operationId();
        if (uuid != null && id != null && !weather.fault(0.05)) {
            call(Call.builder()
                    .type(Call.Type.ACKNOWLEDGE_OPERATION_STATUS)
                    .acknowledgeOperationStatus(
                            new Call.AcknowledgeOperationStatus(status.agentId(), null, uuid.value(), id)));
        }
    }

    private void refused(String message) {
        if (message.equals("Framework has been removed")) {
            life = new Life(lives.size());
            lives.add(life);
            moves.disconnected();
            moves = new SchedulerMoves(this, weather);
        } else {
            Broken.unless(message.equals("Framework failed over"), "an unexpected error", name, message);
        }
        retry();
    }

    private void updated(TaskStatus status) {
        FrameworkId id = Objects.requireNonNull(life.id);
        updates.heard(id, status);
        Book.Entry entry = life.book().get(status.taskId());
        if (entry != null) {
            weather.coverage()
                    .heard(entry.state().name(), status.state().name(), status.source() + " " + status.reason());
        }
        life.book().heard(status, weather.haveHistoriesBeenLost());
        Bytes uuid = status.uuid();
        if (uuid != null && !weather.fault(0.05)) {
            Duration pause = weather.fault(0.2) ? weather.lot().millis(10, 5_000) : Duration.ZERO;
            Life acknowledging = life;
            weather.agenda().in(pause, () -> {
                if (acknowledging == life) {
                    moves.acknowledge(status, uuid);
                }
            });
        }
    }

    // --- calls ------------------------------------------------------------------------------------------------------

    /** Sends a call for this framework on its stream, if it is subscribed. */
    boolean call(Call.Builder call) {
        Connection current = connection;
        if (!subscribed || current == null || !current.isOpenAtClient()) {
            return false;
        }
        Call complete = call.frameworkId(life.id).build();
        if (complete.type() != Call.Type.ACCEPT && weather.fault(0.03)) {
            current.callTwice(complete);
        } else {
            current.call(complete);
        }
        return true;
    }

    /** A task is about to be launched on the connection there is. */
    void launching(TaskInfo task) {
        life.book().launching(task, connections);
    }

    /**
     * The tasks that have not ended and may be asked about or killed: one whose calls overtake each other has to wait
     * until it hears of a task.
     */
    List<Book.Entry> mayAskAbout() {
        List<Book.Entry> open = life.book().open();
        return manner == Lane.Manner.IN_ORDER
                ? open
                : open.stream().filter(entry -> entry.isSettledFor(connections)).toList();
    }

    /** Has its turn again and again, to do something or nothing. */
    private void turn() {
        weather.agenda().in(weather.lot().millis(300, 4_000), () -> {
            if (subscribed) {
                moves.turn();
            }
            turn();
        });
    }

    boolean isSubscribed() {
        return subscribed;
    }

    FrameworkInfo info() {
        return template;
    }

    Path path() {
        return path;
    }

    Life life() {
        return life;
    }

    /** All its lives: tasks of all but the last must be dead in the end. */
    List<Life> lives() {
        return lives;
    }

    SchedulerMoves moves() {
        return moves;
    }

    @Override
    public String toString() {
        return name;
    }
}
