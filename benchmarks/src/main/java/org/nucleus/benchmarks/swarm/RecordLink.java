package org.nucleus.benchmarks.swarm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.nucleus.wire.codec.RecordIo;

/** One request that carries all calls of one agent, as Nucleus's own agent sends them. */
final class RecordLink implements Calls, AutoCloseable {
    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpWire wire;
    private final Outbox outbox;

    RecordLink(InetSocketAddress to, String path, String streamId) throws IOException {
        this.wire = new HttpWire(to);
        this.outbox = new Outbox(wire);
        outbox.add(wire.chunkedRequest(
                path,
                Map.of(
                        "Content-Type",
                        "application/recordio",
                        "Message-Content-Type",
                        "application/json",
                        "Mesos-Stream-Id",
                        streamId)));
    }

    @Override
    public void send(String streamId, byte[] call) {
        byte[] record = RecordIo.frame(call);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(record.length + 16);
        chunk.writeBytes(Integer.toHexString(record.length).getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(LINE_END);
        chunk.writeBytes(record);
        chunk.writeBytes(LINE_END);
        outbox.add(chunk.toByteArray());
    }

    @Override
    public void close() throws IOException {
        outbox.close();
        wire.close();
    }
}
