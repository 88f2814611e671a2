package org.nucleus.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.nucleus.agent.TaskShutdown;
import org.nucleus.cluster.store.ZooKeeperServer;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Services as Spring applications in this JVM. One that ends itself, as a deposed master does, is started afresh. */
final class SharedJvm implements Host {
    private static final Logger log = LoggerFactory.getLogger(SharedJvm.class);
    private static final Duration TASKS_END_WITHIN = Duration.ofSeconds(20);

    private final Executor restartLater = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
    private final Blueprint blueprint;
    private final Map<String, ConfigurableApplicationContext> running = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private volatile Optional<ZooKeeperServer> zooKeeper = Optional.empty();

    SharedJvm(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    @Override
    public void start(Service service) {
        Thread.ofPlatform().name("start-" + service.name()).start(() -> run(service));
    }

    private void run(Service service) {
        Logs.threadWorksFor(service.name());
        try {
            ConfigurableApplicationContext application = Launch.start(
                    service.kind().application(),
                    service.kind().serviceName(),
                    service.kind().environmentPrefix(),
                    Surroundings.hosted((code, reason) -> restart(service, reason)),
                    "--flags_file=" + AccessFiles.flags(blueprint.site(), service),
                    "--spring.main.register-shutdown-hook=false");
            running.put(service.name(), application);
            if (stopping) {
                stop(service);
            }
        } catch (RuntimeException e) { // the root of this thread
            log.atError().addKeyValue("service", service.name()).setCause(e).log("Service does not start");
            failures.put(service.name(), Launch.sentence(e));
        }
    }

    /** On threads of its own: the caller may be one that closing waits for. */
    private void restart(Service service, String reason) {
        log.atWarn()
                .addKeyValue("service", service.name())
                .addKeyValue("reason", reason)
                .log("Service ended itself");
        Thread.ofPlatform().name("end-" + service.name()).start(() -> {
            Logs.threadWorksFor(service.name());
            close(service);
            restartLater.execute(() -> {
                if (!stopping) {
                    start(service);
                }
            });
        });
    }

    @Override
    public boolean isRunning(Service service) {
        return running.containsKey(service.name());
    }

    @Override
    public Optional<String> failure(Service service) {
        return Optional.ofNullable(failures.get(service.name()))
                .map(sentence -> service.name() + " does not start. " + sentence);
    }

    @Override
    public void stop(Service service) {
        stopping = true;
        ConfigurableApplicationContext application = running.get(service.name());
        if (application == null) {
            return;
        }
        Logs.threadWorksFor(service.name());
        if (service.kind() == Service.Kind.AGENT) {
            try {
                application.getBean(TaskShutdown.class).killAll(TASKS_END_WITHIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        close(service);
    }

    private void close(Service service) {
        ConfigurableApplicationContext application = running.remove(service.name());
        if (application != null) {
            application.close();
        }
    }

    @Override
    public void startZooKeeper() {
        zooKeeper = Optional.of(ZooKeeperServer.start(
                blueprint.site().zooKeeper(), blueprint.ports().zooKeeper()));
    }

    @Override
    public boolean isZooKeeperRunning() {
        return zooKeeper.isPresent();
    }

    @Override
    public void stopZooKeeper() {
        zooKeeper.ifPresent(ZooKeeperServer::close);
        zooKeeper = Optional.empty();
    }
}
