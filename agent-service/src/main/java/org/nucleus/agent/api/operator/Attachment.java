package org.nucleus.agent.api.operator;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.nucleus.agent.nested.Session;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.agent.ProcessIo;
import org.nucleus.wire.codec.RecordIo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller that listens to a container, on the thread of its request. A slow one makes the container wait; one that
 * takes nothing for a minute has left.
 */
final class Attachment implements Session.Listener {
    private static final Logger log = LoggerFactory.getLogger(Attachment.class);
    private static final int PARTS_WAITING_MOST = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Of no type: it is never sent. */
    private static final ProcessIo END = new ProcessIo(null, null, null);

    private final Framing framing;
    private final Duration heartbeat;
    private final BlockingQueue<ProcessIo> parts = new ArrayBlockingQueue<>(PARTS_WAITING_MOST);
    private volatile boolean left;

    Attachment(Framing framing, Duration heartbeat) {
        this.framing = framing;
        this.heartbeat = heartbeat;
    }

    @Override
    public boolean heard(ProcessIo part) {
        return !left && put(part);
    }

    @Override
    public void over() {
        put(END);
    }

    private boolean put(ProcessIo part) {
        try {
            return parts.offer(part, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Writes what comes until the container has ended, or the caller is gone. */
    void serve(HttpServletResponse response) throws InterruptedException {
        try {
            response.setContentType(framing.contentType());
            if (framing.contentType().equals(Framing.RECORDS)) {
                response.setHeader(
                        Framing.MESSAGE_CONTENT_TYPE, framing.messages().mediaType());
            }
            response.setHeader("Transfer-Encoding", "chunked");
            response.setHeader("Cache-Control", "no-cache");
            response.flushBuffer();
            write(response.getOutputStream());
        } catch (IOException e) {
            log.atDebug().setCause(e).log("Who was attached to a container is gone");
        } finally {
            left = true;
        }
    }

    private void write(ServletOutputStream out) throws IOException, InterruptedException {
        ProcessIo part = parts.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        while (part != END) {
            out.write(RecordIo.frame(framing.messages().encode(part == null ? beat() : part)));
            if (parts.isEmpty()) {
                out.flush();
            }
            part = parts.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private ProcessIo beat() {
        return new ProcessIo(
                ProcessIo.Type.CONTROL,
                null,
                new ProcessIo.Control(
                        ProcessIo.Control.Type.HEARTBEAT,
                        null,
                        new ProcessIo.Control.Heartbeat(new DurationInfo(heartbeat.toNanos()))));
    }
}
