package org.nucleus.agent.containerizer.docker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over a unix socket, as far as the engine needs it: one request a connection. The JDK's client has no unix
 * sockets. An interrupt ends a request, since the channel closes.
 */
final class EngineSocket implements AutoCloseable {
    private static final int LONGEST_LINE = 64 << 10;
    private static final int MOST_HEADERS = 200;

    private final Path socket;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("docker-deadlines").daemon().factory());

    EngineSocket(Path socket) {
        this.socket = socket;
    }

    /**
     * A request.
     *
     * @param body JSON; absent for none
     * @param timeout within which all of the answer must be read; absent for no end
     */
    record Ask(
            String method,
            String path,
            @Nullable String body,
            Map<String, String> headers,
            @Nullable Duration timeout) {
        static Ask of(String method, String path, @Nullable String body, @Nullable Duration timeout) {
            return new Ask(method, path, body, Map.of(), timeout);
        }
    }

    /** An answer whose body is still to be read; to be closed. */
    record Reply(
            int status,
            InputStream body,
            SocketChannel channel,
            @Nullable ScheduledFuture<?> deadline) implements AutoCloseable {
        /** All of the body. */
        String text() throws IOException {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            if (deadline != null) {
                deadline.cancel(false);
            }
            channel.close();
        }
    }

    /** Fails with another {@link IOException} than {@link EngineRefused} if no engine answers. */
    Reply send(Ask ask) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        ScheduledFuture<?> deadline = ask.timeout() == null ? null : deadline(channel, ask.timeout());
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer request = ByteBuffer.wrap(request(ask));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return reply(new BufferedInputStream(Channels.newInputStream(channel)), channel, deadline);
        } catch (IOException e) {
            if (deadline != null) {
                deadline.cancel(false);
            }
            channel.close();
            throw e;
        }
    }

    private ScheduledFuture<?> deadline(SocketChannel channel, Duration timeout) throws IOException {
        try {
            return deadlines.schedule(
                    () -> {
                        channel.close();
                        return null;
                    },
                    timeout.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            channel.close();
            throw new IOException("the agent stops", e);
        }
    }

    private static byte[] request(Ask ask) {
        StringBuilder head = new StringBuilder(ask.method() + " " + ask.path() + " HTTP/1.1\r\n");
        head.append("Host: docker\r\nConnection: close\r\n");
        ask.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        byte[] body = (ask.body() == null ? "" : ask.body()).getBytes(StandardCharsets.UTF_8);
        if (ask.body() != null) {
            head.append("Content-Type: application/json\r\n");
        }
        head.append("Content-Length: " + body.length + "\r\n\r\n");
        byte[] bytes = head.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + body.length)
                .put(bytes)
                .put(body)
                .array();
    }

    private static Reply reply(InputStream in, SocketChannel channel, @Nullable ScheduledFuture<?> deadline)
            throws IOException {
        String[] words = line(in).split(" ");
        if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
            throw new IOException("what answers there does not speak HTTP");
        }
        Map<String, String> headers = headers(in);
        InputStream body = in;
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            body = new ChunkedBody(in);
        } else if (headers.containsKey("content-length")) {
            body = new BoundedBody(in, number(headers.get("content-length")));
        }
        return new Reply((int) number(words[1]), body, channel, deadline);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0 || headers.size() == MOST_HEADERS) {
                throw new IOException("what answers there does not speak HTTP");
            }
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() == LONGEST_LINE) {
                throw new IOException("the connection broke");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("what answers there does not speak HTTP", e);
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    /** So many bytes and no more; fewer are a broken connection. */
    private static final class BoundedBody extends InputStream {
        private final InputStream in;
        private long left;

        BoundedBody(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new IOException("the connection broke");
            }
            left -= read;
            return read;
        }
    }
}
