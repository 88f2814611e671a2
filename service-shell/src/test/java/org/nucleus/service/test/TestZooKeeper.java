package org.nucleus.service.test;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.test.TestingServer;

/** A ZooKeeper of one's own on a free port; {@link #url} gives each caller a path that nobody else uses. */
public final class TestZooKeeper implements AutoCloseable {
    private final TestingServer server;
    private final AtomicInteger paths = new AtomicInteger();

    private TestZooKeeper(TestingServer server) {
        this.server = server;
    }

    public static TestZooKeeper start() {
        try {
            return new TestZooKeeper(new TestingServer(true));
        } catch (Exception e) { // what TestingServer declares
            throw new IllegalStateException("could not start ZooKeeper", e);
        }
    }

    public String connectString() {
        return server.getConnectString();
    }

    /** {@code zk://host:port/test-N} with a new N. */
    public String url() {
        return "zk://" + connectString() + "/test-" + paths.incrementAndGet();
    }

    /** Stops answering; {@link #restart} answers again with the same data and port. */
    public void stop() throws IOException {
        server.stop();
    }

    public void restart() throws Exception {
        server.restart();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
