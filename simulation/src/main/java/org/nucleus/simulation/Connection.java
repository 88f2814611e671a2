package org.nucleus.simulation;

import org.jspecify.annotations.Nullable;

/**
 * A stream of events from a server to a client and the client's calls that name it. Calls still reach a server that has
 * closed the stream, as they do over HTTP; each end hears at most once that the connection is over, and never after it
 * closed its own end.
 */
final class Connection {
    private final String name;
    private final Weather weather;
    private final Lane toServer;
    private final Lane toClient;
    private final End client;
    private @Nullable End server;
    private @Nullable Object opening;
    private boolean clientOpen = true;
    private boolean serverOpen = true;

    /** What one side does with what reaches it. */
    interface End {
        /** @param message as {@link Wire} packed it */
        void received(Object message);

        void closed(String reason);
    }

    /** @param manner of the client's calls; events of the stream are always in order */
    Connection(String name, Weather weather, Path path, Lane.Manner manner, End client) {
        this.name = name;
        this.weather = weather;
        this.client = client;
        this.toServer = new Lane(weather, path.up(), manner, this::atServer, () -> serverHears("closed by its client"));
        this.toClient = new Lane(
                weather, path.down(), Lane.Manner.IN_ORDER, this::atClient, () -> clientHears("closed by its server"));
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
        Object packed = weather.wire().pack(message);
        if (opening == null) {
            opening = packed;
        }
        toServer.send(packed);
    }

    /** As a client does that got no answer, although the call had arrived. */
    void callTwice(Record message) {
        Object packed = weather.wire().pack(message);
        toServer.send(packed);
        toServer.send(packed);
    }

    void event(Record message) {
        if (serverOpen) {
            toClient.send(weather.wire().pack(message));
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

    /** The server's process is gone. */
    void serverDied() {
        serverOpen = false;
        toServer.cut(false);
        toClient.cut(weather.lot().chance(0.5));
        weather.agenda().in(weather.untilNoticed(), () -> clientHears("its server is gone"));
    }

    /** Nobody listens where the client thought a server to be. */
    void refused() {
        serverOpen = false;
        toServer.cut(false);
        weather.agenda().in(weather.networkDelay(), () -> clientHears("refused"));
    }

    /** The request that opens the stream is never read once its connection has gone; later calls have their own. */
    private void atServer(Object message) {
        boolean tooLate = message == opening && !serverOpen;
        if (server != null && !tooLate) {
            server.received(message);
        }
    }

    private void atClient(Object message) {
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
