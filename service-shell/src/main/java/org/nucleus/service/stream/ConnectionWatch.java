package org.nucleus.service.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that the reader of an endless response has closed its connection, when it does and not only when something is
 * written to it. The server reads nothing from a connection while its response is not complete, so this does: an end is
 * the reader's end, and a further request would never be answered, so that its bytes mean nothing.
 */
final class ConnectionWatch implements Callback {
    private static final int SCRATCH_BYTES = 512;

    private final AbstractEndPoint connection;
    private final Runnable gone;
    private volatile boolean over;

    private ConnectionWatch(AbstractEndPoint connection, Runnable gone) {
        this.connection = connection;
        this.gone = gone;
    }

    /** What ends the watch; does nothing for connections that carry more than one request at a time. */
    static Runnable begin(HttpServletResponse response, Runnable gone) {
        ConnectionMetaData connection = ServletContextResponse.getServletContextResponse(response)
                .getRequest()
                .getConnectionMetaData();
        boolean ours = connection.getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
        if (!ours || !(connection.getConnection().getEndPoint() instanceof AbstractEndPoint open)) {
            return () -> {};
        }
        ConnectionWatch watch = new ConnectionWatch(open, gone);
        watch.listen(open);
        return watch::end;
    }

    private void listen(EndPoint open) {
        if (!over) {
            open.tryFillInterested(this);
        }
    }

    /** The server reads on by itself, once the response is complete. */
    private void end() {
        over = true;
        connection.getFillInterest().onFail(new CancellationException("The stream has ended"));
    }

    @Override
    public void succeeded() {
        try {
            ByteBuffer scratch = BufferUtil.allocate(SCRATCH_BYTES);
            int read = connection.fill(scratch);
            while (read > 0) {
                BufferUtil.clear(scratch);
                read = connection.fill(scratch);
            }
            if (read < 0) {
                gone.run();
                return;
            }
        } catch (IOException broken) {
            gone.run(); // which is how a reset connection shows
            return;
        }
        listen(connection);
    }

    @Override
    public void failed(Throwable cause) {
        if (over) {
            return;
        }
        if (cause instanceof TimeoutException) {
            listen(connection); // nothing to read is what a stream's reader sends
        } else {
            gone.run();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
