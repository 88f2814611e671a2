package org.nucleus.benchmarks.swarm;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection of plain HTTP/1.1, with no more to it than a benchmark needs: so that what is measured is the server.
 * Requests may be written before earlier ones are answered.
 */
final class HttpWire implements Closeable {
    private static final int CONNECT_MILLIS = 30_000;
    private static final int BUFFER_BYTES = 2_048;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final String host;

    /** The head of an answer; header names in lower case. */
    record Head(int status, Map<String, String> headers) {}

    HttpWire(InetSocketAddress to) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(to, CONNECT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        host = to.getHostString() + ":" + to.getPort();
    }

    /** A POST with {@code body}. */
    byte[] request(String path, Map<String, String> headers, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream(body.length + 256);
        request.writeBytes(head(path, headers, "Content-Length: " + body.length));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /** The beginning of a POST whose body follows in chunks. */
    byte[] chunkedRequest(String path, Map<String, String> headers) {
        return head(path, headers, "Transfer-Encoding: chunked");
    }

    private byte[] head(String path, Map<String, String> headers, String length) {
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n")
                .append(length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Head readHead() throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(Integer.parseInt(status[1]), headers);
    }

    /** The whole body of an answer that is no stream. */
    byte[] readBody(Head head) throws IOException {
        if ("chunked".equals(head.headers().get("transfer-encoding"))) {
            return chunks().readAllBytes();
        }
        return in.readNBytes(Integer.parseInt(head.headers().getOrDefault("content-length", "0")));
    }

    /** The body of an answer that comes in chunks. */
    InputStream chunks() {
        return new Chunks();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private final class Chunks extends InputStream {
        private int left;
        private boolean begun;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left == 0 && !ended) {
                if (begun) {
                    line(); // what ends a chunk may come with the next one only
                }
                begun = true;
                left = Integer.parseInt(line(), 16);
                ended = left == 0;
                if (ended) {
                    line();
                }
            }
            if (ended) {
                return -1;
            }
            int read = in.read(to, offset, Math.min(length, left));
            if (read < 0) {
                throw new EOFException("The server closed the connection within a chunk");
            }
            left -= read;
            return read;
        }
    }
}
