package org.nucleus.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that nobody listens on, so that a test's cluster meets no other. */
final class FreePorts {
    private static final int TASK_PORTS = 31_000;

    private FreePorts() {}

    /** For two masters and three agents. */
    static Ports forACluster() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 9; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            return new Ports(
                    ports.get(0),
                    ports.get(1),
                    ports.subList(2, 4),
                    ports.subList(4, 7),
                    ports.get(7),
                    ports.get(8),
                    TASK_PORTS);
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
