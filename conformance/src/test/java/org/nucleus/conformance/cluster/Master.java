package org.nucleus.conformance.cluster;

import static org.nucleus.conformance.wire.Json.json;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.nucleus.conformance.wire.Events;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import tools.jackson.databind.JsonNode;

/** A leading master as operators see it. */
public record Master(Peer peer) {
    /** An operator call. */
    public Reply call(String format, Object... arguments) {
        return peer.post("/api/v1", json(format, arguments), "Accept", Peer.JSON);
    }

    /** The answer of an operator call that must succeed; the part that is named as the type is in small letters. */
    public JsonNode ask(String type) {
        Reply reply = call("{'type': '%s'}", type);
        if (reply.status() != 200) {
            throw new AssertionError(type + " answered " + reply);
        }
        return reply.json().path(type.toLowerCase(Locale.ROOT));
    }

    /** The operator's event stream, up to its first event. */
    public Events events() {
        return new Events(peer.open(
                "/api/v1", Peer.bytes("{\"type\":\"SUBSCRIBE\"}"), "Content-Type", Peer.JSON, "Accept", Peer.JSON));
    }

    public JsonNode state() {
        return peer.read("/state");
    }

    /** One of the list of that name in {@code /state}, by its id. */
    public Optional<JsonNode> find(String list, String id) {
        return state().path(list)
                .valueStream()
                .filter(item -> item.path("id").asString("").equals(id))
                .findFirst();
    }

    /** The same once it is there and as wished: what is shown may be a tenth of a second old. */
    public JsonNode await(String list, String id, Predicate<JsonNode> wished) {
        return Launcher.PATIENCE.until(
                id + " among the " + list, () -> find(list, id).filter(wished));
    }

    /** What a path shows, once it is as wished. */
    public JsonNode awaitAt(String path, Predicate<JsonNode> wished) {
        return Launcher.PATIENCE.until(
                "what is wished at " + path, () -> Optional.of(peer.read(path)).filter(wished));
    }

    /** An agent as {@code /slaves} shows it. */
    public JsonNode agent() {
        return peer.read("/slaves").path("slaves").path(0);
    }

    /** An agent's own server, by its {@code pid}: {@code slave(1)@host:port}. */
    public Peer agentPeer() {
        String pid = agent().path("pid").asString("");
        return new Peer(Peer.at(pid.substring(pid.indexOf('@') + 1)).address(), peer.credentials());
    }
}
