package org.nucleus.agent.containerizer.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Something at a unix socket that gives recorded answers: to each request the next of those for the longest beginning
 * that matches, the last one again and again.
 */
final class RecordedEngine implements AutoCloseable {
    /** An answer that never comes. */
    static final String SILENCE = "silence";
    /** A connection that breaks. */
    static final String CUT = "";

    private final ServerSocketChannel server;
    private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    RecordedEngine(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    RecordedEngine answer(String request, String... answer) {
        answers.put(request, new ArrayDeque<>(List.of(answer)));
        return this;
    }

    /** Request lines, in order. */
    List<String> asked() {
        return asked;
    }

    static String json(int status, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    /** In chunks of few bytes each. */
    static String chunked(int status, String body) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " X\r\ntransfer-encoding: chunked\r\n\r\n");
        for (int at = 0; at < body.length(); at += 7) {
            String part = body.substring(at, Math.min(body.length(), at + 7));
            answer.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        return answer.append("0\r\n\r\n").toString();
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            var in = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
            String line = String.valueOf(in.readLine());
            int length = 0;
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                if (header.startsWith("Content-Length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            in.skip(length);
            asked.add(line.replace(" HTTP/1.1", ""));
            String answer = next(line);
            if (answer.equals(SILENCE)) {
                over.await();
            }
            client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException _) {
            // The client has left.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String next(String line) {
        String longest = "";
        for (String beginning : answers.keySet()) {
            if (line.startsWith(beginning) && beginning.length() > longest.length()) {
                longest = beginning;
            }
        }
        Deque<String> recorded = answers.get(longest);
        if (recorded == null) {
            return json(404, "{\"message\":\"nothing is recorded for " + line.replace('"', '\'') + "\"}");
        }
        return recorded.size() > 1 ? recorded.removeFirst() : recorded.getFirst();
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        server.close();
    }
}
