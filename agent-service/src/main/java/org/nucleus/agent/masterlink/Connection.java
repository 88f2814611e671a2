package org.nucleus.agent.masterlink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.detection.MasterDetector.Leader;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One numbered connection: a virtual thread that subscribes and reads events, another that sends calls in order.
 * Whatever ends it is told once, unless it was closed from our side.
 */
final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final int CALLS_MOST = 16_384;
    /** Calls that leave in one write, where so many wait. */
    private static final int BATCH_MOST = 64;

    private static final int BUFFERS_MOST = 16;
    /** Then an empty record is sent, since the master's server gives up connections on which nothing is heard. */
    private static final Duration SILENCE_MOST = Duration.ofSeconds(30);

    private static final byte[] NOTHING = new byte[0];
    private static final int EVENT_BYTES_MOST = 16 << 20;

    private final long number;
    private final AgentLinkHttp http;
    private final MasterLink.Inputs inputs;
    private final BlockingQueue<AgentCall> calls = new ArrayBlockingQueue<>(CALLS_MOST);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread sender;

    Connection(long number, AgentLinkHttp http, MasterLink.Inputs inputs) {
        this.number = number;
        this.http = http;
        this.inputs = inputs;
    }

    long number() {
        return number;
    }

    void start(Optional<Leader> leader, AgentCall subscribe) {
        reader = Thread.ofVirtual().name("master-events-" + number).start(() -> run(leader, subscribe));
    }

    /** A master that does not take calls as fast as they come is left: everything in them is told to the next. */
    void send(AgentCall call) {
        if (!calls.offer(call)) {
            end("more than " + CALLS_MOST + " calls wait for the master");
        }
    }

    void close() {
        over.set(true);
        interrupt();
    }

    private void run(Optional<Leader> leader, AgentCall subscribe) {
        try {
            if (leader.isEmpty()) {
                end("no master leads");
                return;
            }
            AgentLinkHttp.Stream stream = http.subscribe(leader.get(), subscribe);
            try (var events = stream.events()) {
                log.atInfo()
                        .addKeyValue("master", stream.target().getAuthority())
                        .log("Connected to the master");
                sender = Thread.ofVirtual().name("master-calls-" + number).start(() -> post(stream));
                read(new RecordIo.Reader(events, EVENT_BYTES_MOST));
            }
            end("the master ended the stream");
        } catch (IOException | BadMessage e) {
            end(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException e) {
            end("interrupted");
        }
    }

    private void read(RecordIo.Reader records) throws IOException, InterruptedException {
        for (byte[] record = records.next(); record != null && !over.get(); record = records.next()) {
            inputs.put(new AgentInput.EventReceived(number, JsonCodec.v1().decode(record, AgentEvent.class)));
        }
    }

    private void post(AgentLinkHttp.Stream stream) {
        try (SubmissionPublisher<ByteBuffer> sending =
                new SubmissionPublisher<>(Thread::startVirtualThread, BUFFERS_MOST)) {
            var answered = http.sendCalls(stream, sending);
            answered.thenAccept(this::end);
            List<AgentCall> batch = new ArrayList<>();
            while (!over.get() && !answered.isDone()) {
                AgentCall first = calls.poll(SILENCE_MOST.toSeconds(), TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    calls.drainTo(batch, BATCH_MOST - 1);
                }
                sending.submit(batch.isEmpty() ? ByteBuffer.wrap(RecordIo.frame(NOTHING)) : records(batch));
                batch.clear();
            }
        } catch (IOException e) {
            end(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException e) {
            end("interrupted");
        }
    }

    private static ByteBuffer records(List<AgentCall> batch) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (AgentCall call : batch) {
            records.writeBytes(RecordIo.frame(JsonCodec.v1().encode(call)));
        }
        return ByteBuffer.wrap(records.toByteArray());
    }

    private void end(String reason) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        log.atWarn().addKeyValue("reason", reason).log("The connection to the master ended");
        // Told from a thread of its own: the one that ends the connection may be the writer's, or be interrupted.
        Thread.ofVirtual().start(() -> {
            try {
                inputs.put(new AgentInput.LinkClosed(number, reason));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        interrupt();
    }

    private void interrupt() {
        Thread reading = reader;
        if (reading != null && reading != Thread.currentThread()) {
            reading.interrupt();
        }
        Thread posting = sender;
        if (posting != null && posting != Thread.currentThread()) {
            posting.interrupt();
        }
    }
}
