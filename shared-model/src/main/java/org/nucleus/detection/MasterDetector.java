package org.nucleus.detection;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.zookeeper.ZooKeeperClient;
import org.nucleus.zookeeper.ZooKeeperUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who the leading master is: always the same for a fixed address, else the holder of the lowest {@code json.info_}
 * node below a {@code zk://} path, as every Mesos client reads it.
 */
public final class MasterDetector implements AutoCloseable {
    /** Below the path, a leading master's node has this name and ten digits. Source: zookeeper/contender.cpp. */
    public static final String NODE_PREFIX = "json.info_";

    private static final Logger log = LoggerFactory.getLogger(MasterDetector.class);
    private static final Duration SESSION = Duration.ofSeconds(10);

    private final String master;
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("master-detector").daemon().factory());
    private @Nullable CuratorFramework zooKeeper;
    private @Nullable CuratorCache cache;
    private Optional<Leader> last = Optional.empty();

    /** Where a leading master listens. */
    public record Leader(String hostname, int port) {
        public URI uri(String path) {
            return URI.create("http://" + toString() + path);
        }

        @Override
        public String toString() {
            return (hostname.contains(":") ? "[" + hostname + "]" : hostname) + ":" + port;
        }
    }

    private MasterDetector(String master) {
        this.master = master;
    }

    /**
     * @param master {@code zk://…}, {@code host:port} or {@code http://host:port}
     * @throws IllegalArgumentException with a sentence for people if it's none of these
     */
    public static MasterDetector of(String master) {
        if (ZooKeeperUrl.isOne(master)) {
            ZooKeeperUrl.parse(master);
        } else {
            fixed(master);
        }
        return new MasterDetector(master);
    }

    /** Calls {@code onChange} with the leader when first known and at each change; one call at a time. */
    public void start(Consumer<Optional<Leader>> onChange) {
        if (!ZooKeeperUrl.isOne(master)) {
            callbacks.execute(() -> onChange.accept(Optional.of(fixed(master))));
            return;
        }
        ZooKeeperUrl url = ZooKeeperUrl.parse(master);
        CuratorFramework client = ZooKeeperClient.connect(url, SESSION);
        CuratorCache nodes = CuratorCache.build(client, url.path().isEmpty() ? "/" : url.path());
        zooKeeper = client;
        cache = nodes;
        nodes.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forAll((_, _, _) -> callbacks.execute(() -> look(nodes, url.path(), onChange)))
                        .build());
        nodes.start();
    }

    private void look(CuratorCache nodes, String path, Consumer<Optional<Leader>> onChange) {
        Optional<Leader> now = nodes.stream()
                .filter(node -> node.getPath().startsWith(path + "/" + NODE_PREFIX))
                .min((a, b) -> a.getPath().compareTo(b.getPath()))
                .flatMap(node -> leader(node.getPath(), node.getData()));
        if (!now.equals(last)) {
            last = now;
            onChange.accept(now);
        }
    }

    private static Optional<Leader> leader(String path, byte[] json) {
        try {
            MasterInfo info = JsonCodec.v1().decode(json, MasterInfo.class);
            var address = info.address();
            if (address != null && (address.hostname() != null || address.ip() != null)) {
                String host = address.hostname() != null ? address.hostname() : address.ip();
                return Optional.of(new Leader(Objects.requireNonNull(host), address.port()));
            }
            return info.hostname() == null ? Optional.empty() : Optional.of(new Leader(info.hostname(), info.port()));
        } catch (BadMessage e) {
            log.atWarn().addKeyValue("node", path).log("Ignored a node that holds no master: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Leader fixed(String master) {
        URI uri = URI.create(master.contains("://") ? master : "http://" + master);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "Expecting zk://host:port/path or host:port as the master, not '" + master + "'");
        }
        return new Leader(uri.getHost(), uri.getPort() < 0 ? 5050 : uri.getPort());
    }

    @Override
    public void close() {
        if (cache != null) {
            cache.close();
        }
        if (zooKeeper != null) {
            zooKeeper.close();
        }
        callbacks.shutdownNow();
    }
}
