package org.nucleus.agent.containerizer.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The engine's form for two outputs in one stream: 8 bytes of which the first is the output's number and the last four
 * a length, then so many bytes.
 */
final class Frames {
    private static final int HEADER = 8;
    private static final int LENGTH_AT = 4;
    private static final int STDERR = 2;
    private static final int BUFFER = 32 << 10;

    private Frames() {}

    /** Takes the bytes of each output in order. */
    interface Sink {
        void take(boolean stderr, ByteBuffer bytes) throws IOException;
    }

    /** Reads to the end of the stream. */
    static void read(InputStream in, Sink sink) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (true) {
            int read = in.readNBytes(buffer, 0, HEADER);
            if (read == 0) {
                return;
            }
            if (read < HEADER) {
                throw new EOFException("a frame was cut off");
            }
            boolean stderr = buffer[0] == STDERR;
            long left = Integer.toUnsignedLong(ByteBuffer.wrap(buffer).getInt(LENGTH_AT));
            while (left > 0) {
                int part = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (part < 0) {
                    throw new EOFException("a frame was cut off");
                }
                sink.take(stderr, ByteBuffer.wrap(buffer, 0, part));
                left -= part;
            }
        }
    }
}
