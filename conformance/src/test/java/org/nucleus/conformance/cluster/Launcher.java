package org.nucleus.conformance.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.AgentApplication;
import org.nucleus.cluster.process.JavaCommand;
import org.nucleus.cluster.process.Leftovers;
import org.nucleus.cluster.rest.Patience;
import org.nucleus.cluster.store.ZooKeeperServer;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.master.MasterApplication;
import tools.jackson.databind.JsonNode;

/** Starts a cluster of its own: masters that share a database, agents, ZooKeeper. Ends all of it, tasks too. */
public final class Launcher implements AutoCloseable {
    /** For what becomes so without anybody saying so; nothing that passes waits so long. */
    public static final Patience PATIENCE = new Patience(Duration.ofMinutes(4));

    private static final String TASK_PORTS = "[31000-31099]";
    private static final Duration TASKS_END = Duration.ofSeconds(5);

    private final Path directory;
    private final List<String> database;
    private final List<ServiceProcess> masters = new ArrayList<>();
    private final List<ServiceProcess> agents = new ArrayList<>();
    private @Nullable ZooKeeperServer zooKeeper;

    Launcher(Path directory, List<String> database) {
        this.directory = directory;
        this.database = List.copyOf(database);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where credentials and the like may be written. */
    public Path directory() {
        return directory;
    }

    /** Starts a ZooKeeper, and returns the address for masters and agents. */
    public String zooKeeper() {
        int port = Database.freePort();
        zooKeeper = ZooKeeperServer.start(directory.resolve("zookeeper"), port);
        return "zk://127.0.0.1:" + port + "/mesos";
    }

    /** Starts a master; later flags win. */
    public ServiceProcess master(String... flags) {
        int port = Database.freePort();
        List<String> all = new ArrayList<>(List.of("--ip=127.0.0.1", "--hostname=127.0.0.1", "--port=" + port));
        all.addAll(database);
        all.addAll(List.of(flags));
        ServiceProcess master = start("master-" + (masters.size() + 1), port, MasterApplication.class, 256, all);
        masters.add(master);
        return master;
    }

    /** Starts an agent of the masters at that address, {@code host:port} or {@code zk://…}. */
    public ServiceProcess agent(String master, String... flags) {
        int port = Database.freePort();
        String name = "agent-" + (agents.size() + 1);
        List<String> all = new ArrayList<>(List.of(
                "--master=" + master,
                "--ip=127.0.0.1",
                "--hostname=127.0.0.1",
                "--port=" + port,
                "--work_dir=" + directory.resolve(name),
                "--launcher=posix",
                "--isolation=posix/cpu,posix/mem",
                "--resources=cpus:8;mem:4096;disk:8192;ports:" + TASK_PORTS,
                "--attributes=rack:r1;level:10;keys:[1000-1500]"));
        all.removeIf(flag -> List.of(flags).stream().anyMatch(other -> other.startsWith(name(flag))));
        all.addAll(List.of(flags));
        ServiceProcess agent = start(name, port, AgentApplication.class, 128, all);
        agents.add(agent);
        return agent;
    }

    private static String name(String flag) {
        return flag.substring(0, flag.indexOf('=') + 1);
    }

    private ServiceProcess start(String name, int port, Class<?> application, int heap, List<String> flags) {
        JavaCommand command = JavaCommand.write(directory.resolve(name + ".jvm"), heap, application, flags);
        return new ServiceProcess(command.words(), directory.resolve(name + ".log"), port);
    }

    /** Waits until one of the masters leads and knows so many active agents; returns the leader. */
    public ServiceProcess awaitLeader(int activeAgents) {
        try {
            return PATIENCE.until(
                    "a leading master with " + activeAgents + " agents",
                    () -> masters.stream()
                            .filter(ServiceProcess::isAlive)
                            .filter(master -> activeAgents(master.peer()) >= activeAgents)
                            .findFirst());
        } catch (Patience.GaveUp e) {
            String logs = Stream.concat(masters.stream(), agents.stream())
                    .map(ServiceProcess::log)
                    .collect(Collectors.joining("\n\n"));
            throw new AssertionError(e.getMessage() + " What the processes said last:\n" + logs, e);
        }
    }

    /** Of a leading master; less than none while it does not lead, or does not answer. */
    public static long activeAgents(Peer master) {
        return slaves(master)
                .map(slaves -> slaves.path("slaves")
                        .valueStream()
                        .filter(agent -> agent.path("active").asBoolean(false))
                        .count())
                .orElse(-1L);
    }

    private static Optional<JsonNode> slaves(Peer master) {
        try {
            return Optional.of(master.get("/slaves"))
                    .filter(reply -> reply.status() == 200)
                    .map(reply -> reply.json());
        } catch (UncheckedIOException notYet) {
            return Optional.empty();
        }
    }

    /** Agents first, each asked to end its tasks; what is left in their work directories is ended after them. */
    @Override
    public void close() {
        agents.forEach(agent -> {
            agent.thaw();
            agent.signal("USR1");
        });
        agents.forEach(ServiceProcess::awaitEnd);
        masters.forEach(master -> {
            master.thaw();
            master.kill();
        });
        Leftovers.end(directory, TASKS_END);
        if (zooKeeper != null) {
            zooKeeper.close();
        }
    }

    /** For the end of a JVM that closes nothing any more. */
    void abandon() {
        agents.forEach(ServiceProcess::kill);
        masters.forEach(ServiceProcess::kill);
    }
}
