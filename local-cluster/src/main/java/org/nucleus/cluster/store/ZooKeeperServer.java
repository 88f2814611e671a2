package org.nucleus.cluster.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;
import org.nucleus.cluster.CannotStart;
import org.nucleus.cluster.process.PidFile;

/** A real ZooKeeper of one node in a directory, in this JVM: what it acknowledged is there at the next start. */
public final class ZooKeeperServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ZooKeeperServerEmbedded server;

    private ZooKeeperServer(ZooKeeperServerEmbedded server) {
        this.server = server;
    }

    /** Returns when it answers. */
    public static ZooKeeperServer start(Path directory, int port) {
        Properties configuration = new Properties();
        configuration.setProperty("clientPort", Integer.toString(port));
        configuration.setProperty("clientPortAddress", "127.0.0.1");
        configuration.setProperty("admin.enableServer", "false");
        configuration.setProperty("tickTime", "1000");
        configuration.setProperty("maxClientCnxns", "0");
        configuration.setProperty("autopurge.purgeInterval", "24");
        try {
            Files.createDirectories(directory);
            ZooKeeperServerEmbedded server = ZooKeeperServerEmbedded.builder()
                    .baseDir(directory)
                    .configuration(configuration)
                    .exitHandler(ExitHandler.LOG_ONLY)
                    .build();
            server.start(PATIENCE.toMillis());
            return new ZooKeeperServer(server);
        } catch (Exception e) { // the embedded server declares nothing narrower
            throw new CannotStart("ZooKeeper does not start on port " + port + ": " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** A process of its own: directory and port; ends with SIGTERM. */
    public static void main(String[] arguments) throws InterruptedException {
        ZooKeeperServer server = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(server::close));
        new PidFile(Path.of(arguments[2])).write(ProcessHandle.current().pid());
        new CountDownLatch(1).await();
    }
}
