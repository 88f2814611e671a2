package org.nucleus.conformance.cluster;

import static org.nucleus.conformance.wire.Json.object;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.nucleus.conformance.wire.Events;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import org.nucleus.conformance.wire.Streamed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A framework over the scheduler API in JSON. Closing it tears it down, unless it has ended. */
public final class Framework implements AutoCloseable {
    public static final String PATH = "/api/v1/scheduler";
    /** Who runs the tests, and so the tasks. */
    public static final String USER = System.getProperty("user.name");

    private static final String STREAM_ID = "Mesos-Stream-Id";

    private final Peer master;
    private final String id;
    private final String streamId;
    private final Events events;
    private final Deque<JsonNode> offers = new ArrayDeque<>();
    private boolean ended;

    private Framework(Peer master, String id, String streamId, Events events) {
        this.master = master;
        this.id = id;
        this.streamId = streamId;
        this.events = events;
    }

    /** A description with these capabilities, in the role {@code *}. */
    public static ObjectNode info(String... capabilities) {
        ObjectNode info = object("{'user': '%s', 'name': 'conformance'}", USER);
        Stream.of(capabilities)
                .forEach(
                        capability -> info.withArray("capabilities").addObject().put("type", capability));
        return info;
    }

    /** A description of a framework in these roles. */
    public static ObjectNode infoIn(List<String> roles, String... capabilities) {
        ObjectNode info = info(
                Stream.concat(Stream.of("MULTI_ROLE"), Stream.of(capabilities)).toArray(String[]::new));
        roles.forEach(info.withArray("roles")::add);
        return info;
    }

    public static Framework subscribe(Peer master, String... capabilities) {
        return subscribe(master, info(capabilities));
    }

    public static Framework subscribe(Peer master, ObjectNode info) {
        return subscribeWith(master, object("{'framework_info': %s}", info));
    }

    /** Subscribes with all that a SUBSCRIBE can hold. */
    public static Framework subscribeWith(Peer master, ObjectNode subscribe) {
        Streamed stream = open(master, subscribe);
        if (stream.status() != 200) {
            throw new AssertionError("SUBSCRIBE answered " + stream.status() + " " + stream.text());
        }
        Events events = new Events(stream);
        JsonNode subscribed = events.await("SUBSCRIBED").path("subscribed");
        return new Framework(
                master, subscribed.path("framework_id").path("value").asString(""), stream.header(STREAM_ID), events);
    }

    /** The bare stream of a SUBSCRIBE, for what may be refused. */
    public static Streamed open(Peer master, ObjectNode subscribe, String... headers) {
        ObjectNode call = object("{'type': 'SUBSCRIBE'}");
        JsonNode own = subscribe.path("framework_info").path("id");
        if (!own.isMissingNode()) {
            call.set("framework_id", own);
        }
        call.set("subscribe", subscribe);
        String[] all = Stream.concat(Stream.of("Content-Type", Peer.JSON, "Accept", Peer.JSON), Stream.of(headers))
                .toArray(String[]::new);
        return master.open(PATH, Peer.bytes(call.toString()), all);
    }

    public String id() {
        return id;
    }

    public String streamId() {
        return streamId;
    }

    public Events events() {
        return events;
    }

    /** A call of this framework as JSON, without its body. */
    public ObjectNode envelope(String type) {
        return object("{'framework_id': {'value': '%s'}, 'type': '%s'}", id, type);
    }

    /** Posts a call whose body is named after its type, or none if {@code body} is empty. */
    public Reply post(String type, String body, Object... arguments) {
        ObjectNode call = envelope(type);
        if (!body.isEmpty()) {
            call.set(type.toLowerCase(Locale.ROOT), object(body, arguments));
        }
        return master.post(PATH, call, STREAM_ID, streamId);
    }

    /** The same for a call that must be taken. */
    public void call(String type, String body, Object... arguments) {
        Reply reply = post(type, body, arguments);
        if (reply.status() / 100 != 2) {
            throw new AssertionError(type + " answered " + reply);
        }
    }

    /** The next offer. */
    public JsonNode offer() {
        while (offers.isEmpty()) {
            events.await("OFFERS").path("offers").path("offers").forEach(offers::add);
        }
        return offers.remove();
    }

    /** The next offer of that kind; declines those before it for a while. */
    public JsonNode offer(Predicate<JsonNode> wanted) {
        while (true) {
            JsonNode offer = offer();
            if (wanted.test(offer)) {
                return offer;
            }
            decline(offer, 3600);
        }
    }

    public void decline(JsonNode offer, double refuseSeconds) {
        call(
                "DECLINE",
                "{'offer_ids': [%s], 'filters': {'refuse_seconds': %s}}",
                offer.path("id"),
                Double.toString(refuseSeconds));
    }

    /** Accepts an offer with operations, and asks for what is left of it again at once. */
    public void accept(JsonNode offer, JsonNode... operations) {
        call(
                "ACCEPT",
                "{'offer_ids': [%s], 'operations': %s, 'filters': {'refuse_seconds': 0}}",
                offer.path("id"),
                List.of(operations));
    }

    public void launch(JsonNode offer, JsonNode... tasks) {
        accept(offer, Tasks.launch(tasks));
    }

    /** Launches a command on the next offer and waits until it runs; returns its first RUNNING status. */
    public JsonNode run(String task, String command) {
        JsonNode offer = offer();
        launch(offer, Tasks.command(task, offer, command));
        return await(task, "TASK_RUNNING");
    }

    /** The next update of a task, not acknowledged. */
    public JsonNode update(String task) {
        return events.await(
                        "UPDATE",
                        event -> event.at("/update/status/task_id/value")
                                .asString("")
                                .equals(task))
                .at("/update/status");
    }

    /** Acknowledges a task's updates until one is of that state, which it returns, acknowledged. */
    public JsonNode await(String task, String state) {
        while (true) {
            JsonNode status = update(task);
            acknowledge(status);
            String reached = status.path("state").asString("");
            if (reached.equals(state)) {
                return status;
            }
            if (Tasks.TERMINAL.contains(reached)) {
                throw new AssertionError("Waited for " + state + " of " + task + ", and it ended as " + status);
            }
        }
    }

    /** Does nothing for an update that nobody waits to hear of. */
    public void acknowledge(JsonNode status) {
        if (status.has("uuid")) {
            call(
                    "ACKNOWLEDGE",
                    "{'agent_id': %s, 'task_id': %s, 'uuid': %s}",
                    status.path("agent_id"),
                    status.path("task_id"),
                    status.path("uuid"));
        }
    }

    public void kill(String task) {
        call("KILL", "{'task_id': {'value': '%s'}}", task);
    }

    /** Breaks the connection, as a framework's end would. */
    public void disconnect() {
        ended = true;
        events.close();
    }

    /** The framework's next instance takes over. */
    public Framework failOver(ObjectNode info) {
        ended = true;
        ObjectNode again = info.deepCopy();
        again.putObject("id").put("value", id);
        return subscribe(master, again);
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            master.post(PATH, envelope("TEARDOWN"), STREAM_ID, streamId);
        }
        events.close();
    }
}
