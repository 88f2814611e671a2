package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.io.InputStream;

/** A body in chunks. Source: RFC 9112, section 7.1. One that ends without its last chunk was cut off. */
final class ChunkedBody extends InputStream {
    private static final int HEXADECIMAL = 16;

    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new IOException("the connection broke");
        }
        left -= read;
        return read;
    }

    private void nextChunk() throws IOException {
        if (begun) {
            EngineSocket.line(in);
        }
        begun = true;
        String size = EngineSocket.line(in);
        int extension = size.indexOf(';');
        try {
            left = Long.parseLong((extension < 0 ? size : size.substring(0, extension)).strip(), HEXADECIMAL);
        } catch (NumberFormatException e) {
            throw new IOException("a chunk has no length", e);
        }
        ended = left == 0;
    }
}
