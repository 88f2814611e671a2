package org.nucleus.simulation;

import org.jspecify.annotations.Nullable;
import org.nucleus.wire.codec.JsonCodec;

/**
 * A stream of events from a master to a client and the client's calls that name it. Messages travel as the bytes of the
 * real codec. Calls still reach a master that has closed the stream, as they do over HTTP; each end hears at most once
 * that the connection is over, and never after it closed its own end.
 */
final class Connection {
    private final String name;
    private final Weather weather;
    private final Lane toServer;
    private final Lane toClient;
    private final End client;
    private @Nullable End server;
    private boolean clientOpen = true;
    private boolean serverOpen = true;

    /** What one side does with what reaches it. */
    interface End {
        void received(byte[] message);

        void closed(String reason);
    }

    Connection(String name, Weather weather, Path path, End client) {
        this.name = name;
        this.weather = weather;
        this.client = client;
        this.toServer = new Lane(weather, path, this::atServer, () -> serverHears("closed by its client"));
        this.toClient = new Lane(weather, path, this::atClient, () -> clientHears("closed by the master"));
    }

    /** The name of the stream, as its header carries it. */
    String name() {
        return name;
    }

    void serveBy(End end) {
        server = end;
    }

    boolean isOpenAtClient() {
        return clientOpen;
    }

    boolean isOpenAtServer() {
        return serverOpen;
    }

    void call(Record message) {
        byte[] bytes = JsonCodec.v1().encode(message);
        toServer.send(bytes);
    }

    void event(Record message) {
        if (serverOpen) {
            byte[] bytes = JsonCodec.v1().encode(message);
            toClient.send(bytes);
        }
    }

    void closeByClient() {
        clientOpen = false;
        toServer.end();
    }

    void closeByServer() {
        serverOpen = false;
        toClient.end();
    }

    /** The network drops it: what is on its way may or may not arrive, and each end learns of it in its own time. */
    void breakDown() {
        toServer.cut(weather.lot().chance(0.3));
        toClient.cut(weather.lot().chance(0.3));
        weather.agenda().in(weather.untilNoticed(), () -> clientHears("broken"));
        weather.agenda().in(weather.untilNoticed(), () -> serverHears("broken"));
    }

    /** The client's process is gone. */
    void clientDied() {
        clientOpen = false;
        toClient.cut(false);
        toServer.cut(weather.lot().chance(0.5));
        weather.agenda().in(weather.untilNoticed(), () -> serverHears("its client is gone"));
    }

    /** The master's process is gone. */
    void serverDied() {
        serverOpen = false;
        toServer.cut(false);
        toClient.cut(weather.lot().chance(0.5));
        weather.agenda().in(weather.untilNoticed(), () -> clientHears("the master is gone"));
    }

    /** Nobody listens where the client thought a master to be. */
    void refused() {
        serverOpen = false;
        toServer.cut(false);
        weather.agenda().in(weather.networkDelay(), () -> clientHears("refused"));
    }

    private void atServer(byte[] message) {
        if (server != null) {
            server.received(message);
        }
    }

    private void atClient(byte[] message) {
        if (clientOpen) {
            client.received(message);
        }
    }

    private void clientHears(String reason) {
        if (clientOpen) {
            clientOpen = false;
            client.closed(reason);
        }
    }

    private void serverHears(String reason) {
        if (serverOpen && server != null) {
            serverOpen = false;
            server.closed(reason);
        }
    }
}
