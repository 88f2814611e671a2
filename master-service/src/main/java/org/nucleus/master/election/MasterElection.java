package org.nucleus.master.election;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;
import org.nucleus.detection.MasterDetector;
import org.nucleus.election.LeaderElection;
import org.nucleus.election.MasterNode;
import org.nucleus.master.core.state.MasterInput.Elected;
import org.nucleus.master.registry.Registry;
import org.nucleus.service.flags.Exit;
import org.nucleus.service.stream.EventStreams;
import org.nucleus.zookeeper.ZooKeeperClient;
import org.nucleus.zookeeper.ZooKeeperUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs for the lead in ZooKeeper. Elected, it begins a term in the registry, reads what is stored, starts the machine
 * and then lets everybody find it. Deposed, or when the machine has stopped, the process ends: a term is never resumed.
 * Without ZooKeeper it is elected at once.
 */
public final class MasterElection implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(MasterElection.class);
    /**
     * Leads last and stops leading first: a machine that still ran while the streams are ended would take its frameworks
     * for disconnected, and tear down those that don't want to be waited for.
     */
    private static final int PHASE = EventStreams.PHASE + 1;

    private final Settings settings;
    private final Registry registry;
    private final TermStart terms;
    private final Leadership leadership;
    private final Exit exit;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<@Nullable MasterTerm> term = new AtomicReference<>();
    private volatile boolean running;
    private @Nullable CuratorFramework zooKeeper;
    private @Nullable LeaderElection election;
    private @Nullable MasterDetector detector;

    /**
     * @param zk {@code zk://…}; null for a master that is the only one
     * @param address known once the web server listens
     */
    public record Settings(@Nullable String zk, Duration session, Supplier<MasterAddress> address) {}

    public MasterElection(Settings settings, Registry registry, TermStart terms, Leadership leadership, Exit exit) {
        this.settings = settings;
        this.registry = registry;
        this.terms = terms;
        this.leadership = leadership;
        this.exit = exit;
    }

    @Override
    public void start() {
        running = true;
        if (settings.zk() == null) {
            Thread.ofPlatform().name("election").daemon().start(() -> begin(null));
            return;
        }
        ZooKeeperUrl url = ZooKeeperUrl.parse(settings.zk());
        CuratorFramework client = ZooKeeperClient.connect(url, settings.session());
        zooKeeper = client;
        MasterDetector masters = MasterDetector.of(settings.zk());
        detector = masters;
        masters.start(leader -> leadership.follow(leader.map(MasterDetector.Leader::toString)));
        LeaderElection candidate = new LeaderElection(
                client, url.path() + "/latch", settings.address().get().hostAndPort(), new LeaderElection.Listener() {
                    @Override
                    public void elected() {
                        begin(url.path());
                    }

                    @Override
                    public void deposed() {
                        end("lost the leadership");
                    }
                });
        election = candidate;
        candidate.start();
    }

    private void begin(@Nullable String path) {
        try {
            leadership.recovering();
            long epoch = registry.elected();
            var info = settings.address().get().info(UUID.randomUUID().toString());
            var elected = new Elected(epoch, info, random.nextLong(), registry.recover());
            MasterTerm begun = terms.begin(elected, this::stopped);
            term.set(begun);
            leadership.leading(begun);
            CuratorFramework client = zooKeeper;
            if (path != null && client != null) {
                MasterNode.publish(client, path, info);
            }
            log.atInfo()
                    .addKeyValue("master", info.id())
                    .addKeyValue("epoch", epoch)
                    .log("Elected as the leading master");
        } catch (RuntimeException e) {
            if (running) {
                log.atError().setCause(e).log("Could not take the lead");
                end("could not take the lead: " + e.getMessage());
            }
        }
    }

    private void stopped(Throwable cause) {
        end("the machine stopped: " + cause.getMessage());
    }

    private void end(String reason) {
        MasterTerm ended = term.getAndSet(null);
        leadership.ended();
        if (ended != null) {
            ended.end().run();
        }
        if (running) {
            exit.exit(1, reason);
        }
    }

    @Override
    public void stop() {
        running = false;
        end("the master stops");
        if (election != null) {
            election.close();
        }
        if (detector != null) {
            detector.close();
        }
        if (zooKeeper != null) {
            zooKeeper.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
