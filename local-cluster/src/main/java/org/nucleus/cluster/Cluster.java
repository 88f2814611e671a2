package org.nucleus.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.nucleus.cluster.process.Leftovers;
import org.nucleus.cluster.process.PidFile;
import org.nucleus.cluster.rest.Patience;
import org.nucleus.cluster.rest.RestClient;
import org.nucleus.cluster.store.PostgresServer;
import tools.jackson.databind.JsonNode;

/**
 * A local cluster: starts what is missing, in the order in which one needs the other, and ends all of it the other way
 * round. Apps, jobs and their histories stay, and run again at the next start.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration UNTIL_KILLED = Duration.ofSeconds(5);

    private final Blueprint blueprint;
    private final Host host;
    private final PostgresServer postgres;
    private final RestClient rest;
    private final Progress progress;
    private volatile boolean begun;

    private Cluster(Blueprint blueprint, Host host, Progress progress) {
        this.blueprint = blueprint;
        this.host = host;
        this.progress = progress;
        Site site = blueprint.site();
        this.postgres = new PostgresServer(
                site.cache(),
                site.postgres(),
                site.log("postgres"),
                blueprint.secrets().databasePassword());
        this.rest = new RestClient(blueprint.secrets());
    }

    /** All services in this JVM. */
    public static Cluster shared(Site site, Ports ports, Progress progress) {
        Blueprint blueprint = blueprint(site, ports);
        return new Cluster(blueprint, new SharedJvm(blueprint), progress);
    }

    /** Every service in a JVM of its own, found by their pid files if they run already. */
    public static Cluster separate(Site site, Ports ports, Progress progress) {
        Blueprint blueprint = blueprint(site, ports);
        return new Cluster(blueprint, new SeparateJvms(blueprint), progress);
    }

    private static Blueprint blueprint(Site site, Ports ports) {
        site.create();
        return new Blueprint(site, ports, Secrets.of(site));
    }

    public Blueprint blueprint() {
        return blueprint;
    }

    Progress progress() {
        return progress;
    }

    /** Whether anything was started; not before all ports were found free. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether something is left of a cluster whose services have gone: tasks' Chronos, PostgreSQL, ZooKeeper. */
    boolean hasRests() {
        return postgres.isRunning()
                || host.isZooKeeperRunning()
                || !Leftovers.in(blueprint.site().agents()).isEmpty();
    }

    /** Starts whatever does not run yet, and returns when agents and Marathon have found the leading master. */
    public void start() {
        AccessFiles.write(blueprint);
        List<Service> missing = blueprint.services().stream()
                .filter(service -> !host.isRunning(service))
                .toList();
        requireFreePorts(missing);
        begun = true;
        startStores();
        missing.forEach(host::start);
        if (!missing.isEmpty()) {
            progress.done("starting "
                    + String.join(", ", missing.stream().map(Service::name).toList()));
        }
        awaitMasters();
        awaitAgents();
        awaitMarathon();
    }

    private void startStores() {
        CompletableFuture<Void> database = CompletableFuture.runAsync(() -> {
            long pid = postgres.start(blueprint.ports().postgres());
            new PidFile(blueprint.site().pidFile("postgres")).write(pid);
            progress.done("PostgreSQL is up");
        });
        if (!host.isZooKeeperRunning()) {
            host.startZooKeeper();
        }
        progress.done("ZooKeeper is up");
        try {
            database.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotStart cannot ? cannot : e;
        }
    }

    private void requireFreePorts(List<Service> missing) {
        missing.forEach(service -> requireFree(service.port(), service.name()));
        if (missing.stream().anyMatch(service -> service.kind() == Service.Kind.AGENT)
                && new PidFile(blueprint.site().pidFile("chronos")).process().isEmpty()) {
            requireFree(blueprint.ports().chronos(), "Chronos");
        }
        if (!postgres.isRunning()) {
            requireFree(blueprint.ports().postgres(), "PostgreSQL");
        }
        if (!host.isZooKeeperRunning()) {
            requireFree(blueprint.ports().zooKeeper(), "ZooKeeper");
        }
    }

    private static void requireFree(int port, String whose) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new CannotStart(
                    "Port %d, which %s needs, is in use. Find who listens there with `ss -ltnp 'sport = :%d'` and stop it."
                            .formatted(port, whose, port),
                    taken);
        }
    }

    private void awaitMasters() {
        String leader = await(
                "a leading master",
                () -> leadingMasterState()
                        .map(state -> state.path("pid")
                                .asString(state.path("hostname").asString("")))
                        .filter(pid -> !pid.isEmpty()));
        awaitHealth("the masters", blueprint.masters());
        progress.done("masters are up; " + leader.replaceFirst(".*@", "") + " leads");
    }

    private void awaitAgents() {
        awaitHealth("the agents", blueprint.agents());
        int expected = blueprint.ports().agents().size();
        await(
                "the agents' registration",
                () -> leadingMasterState()
                        .filter(state -> state.path("activated_slaves").asInt() >= expected));
        progress.done(expected + " agents are registered");
    }

    private void awaitMarathon() {
        await(
                "Marathon's registration",
                () -> rest.get(blueprint.marathonAddress().resolve("/v2/info"))
                        .filter(info -> !info.path("frameworkId").asString("").isEmpty()));
        progress.done("Marathon is up");
    }

    private void awaitHealth(String whose, List<URI> addresses) {
        await(whose, () -> addresses.stream().allMatch(this::isHealthy) ? Optional.of(addresses) : Optional.empty());
    }

    private boolean isHealthy(URI address) {
        return rest.tried("GET", address.resolve("/health"), null)
                .filter(RestClient.Answer::isSuccess)
                .isPresent();
    }

    /** A master that follows says where the leader is, so that any of them answers for it. */
    private Optional<JsonNode> leadingMasterState() {
        return blueprint.masters().stream()
                .map(master -> rest.get(master.resolve("/state")))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private <T> T await(String description, Supplier<Optional<T>> question) {
        return new Patience(PATIENCE).until(description, () -> {
            blueprint.services().stream()
                    .map(host::failure)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(failure -> {
                        throw new CannotStart(failure);
                    });
            return question.get();
        });
    }

    /** Starts Chronos by way of Marathon, then the sample app and job unless they are there, and waits for all. */
    public void startWork() {
        SampleWork work = new SampleWork(blueprint, rest);
        work.submitChronos();
        boolean freshApp = work.submitApp();
        progress.done((freshApp ? "submitted" : "found") + " the app /counter");
        work.awaitChronos();
        progress.done("Chronos is up, run by Marathon as /chronos");
        boolean freshJob = work.submitJob();
        progress.done((freshJob ? "submitted" : "found") + " the job tick");
        progress.done("/counter runs with " + work.awaitApp() + " instances");
        progress.done("tick has run; successful runs so far: " + work.awaitJob());
    }

    /** Ends everything, the tasks too, and waits until it has. */
    @Override
    public void close() {
        List<Service> services = new ArrayList<>(blueprint.services()).reversed();
        for (Service.Kind kind : List.of(Service.Kind.MARATHON, Service.Kind.AGENT, Service.Kind.MASTER)) {
            CompletableFuture.allOf(services.stream()
                            .filter(service -> service.kind() == kind)
                            .map(service ->
                                    CompletableFuture.runAsync(() -> host.stop(service), Thread::startVirtualThread))
                            .toArray(CompletableFuture[]::new))
                    .join();
            progress.done(
                    switch (kind) {
                        case MARATHON -> "Marathon has ended";
                        case AGENT -> "tasks and agents have ended";
                        case MASTER -> "masters have ended";
                        case CHRONOS -> "Chronos has ended";
                    });
        }
        Leftovers.end(blueprint.site().agents(), UNTIL_KILLED);
        new PidFile(blueprint.site().pidFile("chronos")).delete();
        host.stopZooKeeper();
        postgres.stop();
        new PidFile(blueprint.site().pidFile("postgres")).delete();
        rest.close();
        progress.done("ZooKeeper and PostgreSQL have ended");
    }
}
