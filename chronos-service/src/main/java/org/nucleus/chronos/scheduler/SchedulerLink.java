package org.nucleus.chronos.scheduler;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.scheduler.SchedulerClient;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our subscription at the master: what comes becomes inputs, in order; what the core wants to say is queued without
 * waiting. It can be given up and begun anew, and then nothing of the old one is heard any more.
 */
public final class SchedulerLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SchedulerLink.class);
    private static final String REMOVED = "Framework has been removed";

    private final SchedulerClient.Settings master;
    private final FrameworkInfo info;
    private final Inputs inputs;
    private final Consumer<String> onFatal;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Connection current;
    private boolean closed;

    /** Where inputs go; waits for room, and returns when the core has ended. */
    public interface Inputs {
        void put(ChronosInput input) throws InterruptedException;
    }

    /**
     * @param info what we are; its id is set on each subscription
     * @param onFatal told why the master will not have us any more
     */
    public SchedulerLink(SchedulerClient.Settings master, FrameworkInfo info, Inputs inputs, Consumer<String> onFatal) {
        this.master = master;
        this.info = info;
        this.inputs = inputs;
        this.onFatal = onFatal;
    }

    /** Subscribes, and stays subscribed, as {@code framework} or as a new one. Gives up an earlier subscription. */
    public void subscribe(@Nullable FrameworkId framework) {
        lock.lock();
        try {
            Connection before = current;
            if (before != null) {
                before.client.close();
            }
            if (!closed) {
                Connection next = new Connection(framework);
                current = next;
                next.client.start(next::subscription);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same without waiting, for callers that must not. */
    public void resubscribe(@Nullable FrameworkId framework) {
        current = null;
        Thread.ofVirtual().name("resubscribe").start(() -> subscribe(framework));
    }

    /** Queues a call; without a subscription it is dropped, since the next one begins with a reconciliation. */
    public void send(Call call) {
        Connection connection = current;
        boolean sent = connection != null && connection.client.send(call);
        if (!sent) {
            log.atInfo().addKeyValue("call", call.type()).log("Not sent: not subscribed");
        }
    }

    public boolean isSubscribed() {
        Connection connection = current;
        return connection != null && connection.client.isSubscribed();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (current != null) {
                current.client.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One client, from its start until it is given up. */
    private final class Connection implements SchedulerClient.Listener {
        private final SchedulerClient client = new SchedulerClient(master, this);
        private volatile @Nullable FrameworkId framework;

        Connection(@Nullable FrameworkId framework) {
            this.framework = framework;
        }

        Call.Subscribe subscription() {
            return new Call.Subscribe(info.toBuilder().id(framework).build(), List.of(), null);
        }

        @Override
        public void subscribed(Event.Subscribed event) {
            framework = event.frameworkId();
            log.atInfo().addKeyValue("framework", event.frameworkId()).log("Subscribed");
            put(new ChronosInput.Subscribed(event.frameworkId()));
        }

        @Override
        public void received(Event event) {
            switch (Objects.requireNonNull(event.type())) {
                case OFFERS ->
                    put(new ChronosInput.OffersReceived(given(event.offers()).offers()));
                case UPDATE ->
                    put(new ChronosInput.StatusReceived(given(event.update()).status()));
                case ERROR -> error(given(event.error()).message());
                case UNKNOWN,
                        SUBSCRIBED,
                        INVERSE_OFFERS,
                        RESCIND,
                        RESCIND_INVERSE_OFFER,
                        UPDATE_OPERATION_STATUS,
                        MESSAGE,
                        FAILURE,
                        HEARTBEAT ->
                    log.atDebug().addKeyValue("event", event.type()).log("Nothing to do");
            }
        }

        @Override
        public void disconnected(String reason) {
            log.atWarn().addKeyValue("reason", reason).log("Disconnected from the master");
            put(new ChronosInput.Disconnected(reason));
        }

        @Override
        public void refused(int status, String message, Call call) {
            log.atWarn()
                    .addKeyValue("status", status)
                    .addKeyValue("call", call.type())
                    .log("The master refused a call: {}", message);
            Call.Accept accept = call.accept();
            if (accept != null) {
                put(new ChronosInput.LaunchRefused(tasks(accept), status != 0));
            } else if (call.type() != Call.Type.SUBSCRIBE && (status == 0 || status >= 500)) {
                put(new ChronosInput.CallLost());
            }
        }

        private void error(String message) {
            if (message.contains(REMOVED)) {
                log.atWarn().log("The master has removed our framework; registering a new one");
                put(new ChronosInput.FrameworkRemoved(message));
            } else if (this == current) {
                onFatal.accept("The master ended our subscription: " + message);
            }
        }

        private void put(ChronosInput input) {
            if (this != current) {
                return;
            }
            try {
                inputs.put(input);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static List<TaskId> tasks(Call.Accept accept) {
            return accept.operations().stream()
                    .map(Offer.Operation::launch)
                    .filter(Objects::nonNull)
                    .flatMap(launch -> launch.taskInfos().stream())
                    .map(TaskInfo::taskId)
                    .toList();
        }

        private static <T> T given(@Nullable T message) {
            return Objects.requireNonNull(message, "an event without its message");
        }
    }
}
