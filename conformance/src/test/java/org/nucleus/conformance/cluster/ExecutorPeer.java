package org.nucleus.conformance.cluster;

import static org.nucleus.conformance.wire.Json.object;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.nucleus.conformance.wire.Events;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import org.nucleus.conformance.wire.Streamed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A test that acts as an executor over the executor API, while the process that the agent started does nothing. */
public final class ExecutorPeer implements AutoCloseable {
    public static final String PATH = "/api/v1/executor";
    /** What such a process does: it writes down the environment that it was given, and stays. */
    public static final String COMMAND = "env > executor.env && exec sleep 1000";

    private final Peer agent;
    private final String framework;
    private final String executor;
    private final Events events;
    private final JsonNode subscribed;

    private ExecutorPeer(Peer agent, String framework, String executor, Events events) {
        this.agent = agent;
        this.framework = framework;
        this.executor = executor;
        this.events = events;
        this.subscribed = events.await("SUBSCRIBED").path("subscribed");
    }

    /** Subscribes once the agent knows the executor. */
    public static ExecutorPeer subscribe(Peer agent, String framework, String executor) {
        return subscribeWith(agent, framework, executor, object("{}"));
    }

    /** The same with what an executor says that was disconnected. */
    public static ExecutorPeer subscribeWith(Peer agent, String framework, String executor, ObjectNode subscribe) {
        ObjectNode call = envelope(framework, executor, "SUBSCRIBE");
        call.set("subscribe", subscribe);
        Streamed stream =
                Launcher.PATIENCE.until("the agent to know the executor " + executor, () -> tried(agent, call));
        return new ExecutorPeer(agent, framework, executor, new Events(stream));
    }

    private static Optional<Streamed> tried(Peer agent, JsonNode call) {
        try {
            Streamed answer =
                    agent.open(PATH, Peer.bytes(call.toString()), "Content-Type", Peer.JSON, "Accept", Peer.JSON);
            if (answer.status() == 200) {
                return Optional.of(answer);
            }
            answer.text();
            return Optional.empty();
        } catch (UncheckedIOException starting) {
            return Optional.empty();
        }
    }

    /** A call without its body. */
    public static ObjectNode envelope(String framework, String executor, String type) {
        return object(
                "{'framework_id': {'value': '%s'}, 'executor_id': {'value': '%s'}, 'type': '%s'}",
                framework, executor, type);
    }

    public Events events() {
        return events;
    }

    /** The body of SUBSCRIBED. */
    public JsonNode subscribed() {
        return subscribed;
    }

    public Reply post(String type, String body, Object... arguments) {
        ObjectNode call = envelope(framework, executor, type);
        if (!body.isEmpty()) {
            call.set(type.toLowerCase(Locale.ROOT), object(body, arguments));
        }
        return agent.post(PATH, call);
    }

    /** The next task that is launched. */
    public JsonNode launched() {
        return events.await("LAUNCH").at("/launch/task");
    }

    /** Sends an update of a task, and returns its uuid; more fields may follow. */
    public String update(String task, String state, String more) {
        String uuid = uuid();
        ObjectNode status = status(task, state, uuid);
        status.setAll(object(more));
        Reply reply = post("UPDATE", "{'status': %s}", status);
        if (reply.status() != 202) {
            throw new AssertionError("UPDATE answered " + reply);
        }
        return uuid;
    }

    public ObjectNode status(String task, String state, String uuid) {
        return object(
                "{'task_id': {'value': '%s'}, 'executor_id': {'value': '%s'}, 'source': 'SOURCE_EXECUTOR',"
                        + " 'state': '%s', 'uuid': '%s'}",
                task, executor, state, uuid);
    }

    /** Sixteen fresh bytes, as JSON has them. */
    public static String uuid() {
        UUID uuid = UUID.randomUUID();
        ByteBuffer bytes =
                ByteBuffer.allocate(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public void close() {
        events.close();
    }
}
