package org.nucleus.agent.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.nucleus.agent.core.state.Probe;
import org.nucleus.agent.core.state.ProbeResult;
import org.nucleus.wire.NetworkInfo;

/** Connects, and hangs up at once. */
final class TcpProbe {
    private TcpProbe() {}

    static ProbeResult ask(Probe.Tcp probe, Duration timeout) throws InterruptedException {
        String host = probe.protocol() == NetworkInfo.Protocol.IPv6 ? "::1" : "127.0.0.1";
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, probe.port()), millis(timeout));
            return new ProbeResult.Connected(true);
        } catch (SocketTimeoutException e) {
            return new ProbeResult.Failed("TCP connection timed out after " + timeout);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while connecting");
            }
            return new ProbeResult.Connected(false);
        }
    }

    /** For a socket, zero is no limit too. */
    private static int millis(Duration timeout) {
        if (timeout.isZero()) {
            return 0;
        }
        return (int) Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
    }
}
