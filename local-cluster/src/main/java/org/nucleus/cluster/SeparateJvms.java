package org.nucleus.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.nucleus.cluster.process.DetachedProcess;
import org.nucleus.cluster.process.JavaCommand;
import org.nucleus.cluster.process.PidFile;
import org.nucleus.cluster.rest.Patience;
import org.nucleus.cluster.store.ZooKeeperServer;

/** Every service is a process of its own, in a session of its own: it can be killed alone, and outlives this one. */
final class SeparateJvms implements Host {
    private static final Duration UNTIL_KILLED = Duration.ofSeconds(30);
    private static final int ZOOKEEPER_HEAP_MEGABYTES = 96;

    private final Blueprint blueprint;

    SeparateJvms(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    @Override
    public void start(Service service) {
        Site site = site();
        JavaCommand command = command(site, service);
        DetachedProcess.start(command.words(), site.root(), site.log(service.name()), pidFile(service.name()));
    }

    /** How the service is started; its flags come from a file. */
    static JavaCommand command(Site site, Service service) {
        Path argumentFile = site.settings().resolve(service.name() + ".jvm");
        return JavaCommand.write(
                argumentFile,
                service.kind().heapMegabytes(),
                service.kind().application(),
                List.of("--flags_file=" + AccessFiles.flags(site, service)));
    }

    @Override
    public boolean isRunning(Service service) {
        return pidFile(service.name()).process().isPresent();
    }

    @Override
    public Optional<String> failure(Service service) {
        if (isRunning(service)) {
            return Optional.empty();
        }
        return Optional.of("The process of " + service.name() + " has ended; why is at the end of "
                + site().log(service.name()) + ".");
    }

    @Override
    public void stop(Service service) {
        if (service.kind() == Service.Kind.AGENT) {
            endWithTasks(service);
        }
        pidFile(service.name()).stop(UNTIL_KILLED);
    }

    /** SIGUSR1 tells an agent to end its tasks and then itself, as the original's does. */
    private void endWithTasks(Service agent) {
        pidFile(agent.name()).process().ifPresent(process -> {
            signal(process.pid(), "USR1");
            PidFile.endWithin(process, UNTIL_KILLED);
        });
    }

    private static void signal(long pid, String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start();
            kill.waitFor(UNTIL_KILLED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new CannotStart("Cannot signal process " + pid + ": " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void startZooKeeper() {
        Site site = site();
        JavaCommand command = JavaCommand.write(
                site.settings().resolve("zookeeper.jvm"),
                ZOOKEEPER_HEAP_MEGABYTES,
                List.of(Logs.configurationForOwnJvm()),
                ZooKeeperServer.class,
                List.of(
                        site.zooKeeper().toString(),
                        Integer.toString(blueprint.ports().zooKeeper()),
                        site.pidFile("zookeeper").toString()));
        DetachedProcess.start(command.words(), site.root(), site.log("zookeeper"), pidFile("zookeeper"));
        new Patience(UNTIL_KILLED).untilTrue("ZooKeeper; its log is " + site.log("zookeeper"), this::zooKeeperListens);
    }

    private boolean zooKeeperListens() {
        try (Socket _ =
                new Socket(InetAddress.getLoopbackAddress(), blueprint.ports().zooKeeper())) {
            return true;
        } catch (IOException nobodyThere) {
            return false;
        }
    }

    @Override
    public boolean isZooKeeperRunning() {
        return pidFile("zookeeper").process().isPresent();
    }

    @Override
    public void stopZooKeeper() {
        pidFile("zookeeper").stop(UNTIL_KILLED);
    }

    private PidFile pidFile(String service) {
        return new PidFile(site().pidFile(service));
    }

    private Site site() {
        return blueprint.site();
    }
}
