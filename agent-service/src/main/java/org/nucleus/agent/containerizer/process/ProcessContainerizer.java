package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Recovered;
import org.nucleus.agent.containerizer.Rotation;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.Usage;
import org.nucleus.agent.containerizer.Volume;
import org.nucleus.agent.containerizer.isolator.Cage;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.containerizer.isolator.Isolator;
import org.nucleus.agent.containerizer.isolator.LimitWatch;
import org.nucleus.agent.containerizer.isolator.Readings;
import org.nucleus.agent.containerizer.isolator.Removal;
import org.nucleus.agent.containerizer.namespace.Links;
import org.nucleus.agent.containerizer.namespace.Sight;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.ContainerId;

/**
 * Containers as sessions of ordinary processes, one supervisor each. Fetching happens on a virtual thread per launch;
 * the calls into the C library that wait happen on a few platform threads, since they would pin a virtual one.
 *
 * <p>Exits with 130 and 141 are told as deaths by SIGINT and SIGPIPE: of these a shell cannot tell which it was.
 */
public final class ProcessContainerizer implements Containerizer {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    /** With more, starts take longer and are not more. */
    private static final int STARTS_AT_ONCE = 8;

    private static final Duration CGROUPS_DESTROY_TIMEOUT = Duration.ofMinutes(1);

    private final Path root;
    private final boolean switchUser;
    private final String bootId;
    private final Isolation isolation;
    private final LimitWatch limits;
    private final Removal removal = new Removal(CGROUPS_DESTROY_TIMEOUT);
    private final Supervisor supervisor;
    private final Preparation preparation;
    private final ExitWatch exits;
    private final Sessions sessions;
    private final @Nullable Loggers loggers;
    private final Executor telling = Thread::startVirtualThread;
    private final ExecutorService preparations = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("prepare-", 0).factory());
    private final ExecutorService starts = Executors.newFixedThreadPool(
            STARTS_AT_ONCE, Thread.ofPlatform().name("start-", 0).daemon().factory());
    private final Map<ContainerId, Container> containers = new ConcurrentHashMap<>();

    /**
     * Works on the containers stored in {@code root}.
     *
     * @param root a directory of this agent alone, created if absent; its parents must be passable for the users of
     *     tasks
     * @param switchUser whether to run commands as the users they ask for
     * @param rotation of what commands write; absent if that goes to files without bound
     */
    public ProcessContainerizer(
            Path root, Fetcher fetcher, boolean switchUser, Isolation isolation, @Nullable Rotation rotation)
            throws IOException {
        this.root = Files.createDirectories(root.toAbsolutePath().normalize());
        Files.setPosixFilePermissions(this.root, PosixFilePermissions.fromString("rwx--x--x"));
        this.switchUser = switchUser;
        this.bootId = ProcessTable.bootId();
        this.isolation = isolation;
        this.limits = new LimitWatch(isolation);
        this.supervisor = Supervisor.install(this.root, isolation);
        this.preparation = new Preparation(fetcher);
        this.exits = new ExitWatch();
        this.sessions = new Sessions();
        this.loggers = rotation == null
                ? null
                : Loggers.install(this.root, rotation, isolation.cgroups().supervisors(), exits);
    }

    /** One that does not rotate what its containers write. */
    public ProcessContainerizer(Path root, Fetcher fetcher, boolean switchUser, Isolation isolation)
            throws IOException {
        this(root, fetcher, switchUser, isolation, null);
    }

    /** One that measures its containers and holds nothing back. */
    public ProcessContainerizer(Path root, Fetcher fetcher, boolean switchUser) throws IOException {
        this(root, fetcher, switchUser, Isolation.open(Isolation.Settings.posix()));
    }

    @Override
    public CompletableFuture<Started> launch(Launch launch) {
        Container container = container(launch.id());
        if (!isValid(launch.id()) || containers.putIfAbsent(launch.id(), container) != null) {
            container.failed(new LaunchFailed("The container id '" + launch.id().value() + "' is invalid or in use"));
            return container.started();
        }
        container.preparedBy(preparations.submit(() -> prepareAndStart(launch, container)));
        return container.started();
    }

    private Container container(ContainerId id) {
        return new Container(id, sessions, removal, telling, () -> commandEnded(id));
    }

    /** Containers nested in one do not outlive it. */
    private void commandEnded(ContainerId id) {
        limits.remove(ContainerDirectory.nameOf(id));
        containers.forEach((other, container) -> {
            if (id.equals(other.parent())) {
                container.kill(Signal.KILL);
            }
        });
    }

    private void prepareAndStart(Launch launch, Container container) {
        try {
            RunAs runAs = runAs(launch.user());
            LaunchScript script = LaunchScript.of(launch.command(), launch.environment());
            preparation.prepare(launch, runAs);
            starts.execute(() -> start(launch, runAs, script, container));
        } catch (LaunchFailed e) {
            container.failed(e);
        } catch (IOException | UncheckedIOException e) {
            container.failed(new LaunchFailed("Failed to prepare the sandbox: " + e.getMessage(), e));
        } catch (RejectedExecutionException e) {
            container.failed(new LaunchFailed("The agent stops", e));
        }
    }

    private RunAs runAs(@Nullable String user) throws LaunchFailed {
        return user == null || user.isEmpty() || !switchUser ? RunAs.self() : RunAs.named(user);
    }

    private void start(Launch launch, RunAs runAs, LaunchScript script, Container container) {
        try {
            container.startUnlessKilled(() -> startSupervisor(launch, runAs, script, container));
        } catch (LaunchFailed e) {
            container.failed(e);
        } catch (FileAlreadyExistsException e) {
            container.failed(new LaunchFailed("The container was launched before"));
        } catch (IOException | UncheckedIOException e) {
            container.failed(new LaunchFailed("Failed to start the command: " + e.getMessage(), e));
        }
    }

    private void startSupervisor(Launch launch, RunAs runAs, LaunchScript script, Container container)
            throws IOException, LaunchFailed {
        String name = ContainerDirectory.nameOf(launch.id());
        List<String> prefix = new ArrayList<>(isolation.rlimits(launch.limits()));
        prefix.addAll(runAs.command());
        Optional<Session> around = around(launch.id());
        Cage cage = isolation.cgroups().of(root, name, around.map(Session::cage).orElse(Cage.none()));
        var spec = new ContainerDirectory.Spec(
                bootId, launch.sandbox(), cage, launch.limits().diskBytes(), leader(launch, around));
        ContainerDirectory directory = ContainerDirectory.create(root, launch.id(), spec, script);
        runAs.own(directory.launch());
        CrashPoint.CONTAINER_SPECIFIED.reached();
        Scope scope = scope(launch, around, runAs, directory);
        Limits granted = container.granted(launch.limits());
        Supervisor.Running running = startIn(cage, granted, () -> {
            try (Outputs outputs = outputs(launch, runAs, container)) {
                return supervisor.start(new Supervisor.Order(
                        directory, spec, scope, outputs, isolation.oomScore(granted), prefix, script.shell()));
            }
        });
        started(running, directory, spec, container);
        Limits newest = container.granted(granted);
        if (!newest.equals(granted) && container.session().isPresent()) {
            isolation.cgroups().update(cage, newest);
        }
    }

    private void started(
            Supervisor.Running running, ContainerDirectory directory, ContainerDirectory.Spec spec, Container container)
            throws IOException {
        Cage cage = spec.cage();
        if (running.task().isEmpty()) {
            exits.watchChild(
                    running.pid(), () -> removal.remove(cage).thenRun(() -> container.failed(notStarted(directory))));
            return;
        }
        Started task = running.task().get();
        CrashPoint.CONTAINER_STARTED.reached();
        directory.forgetLaunch();
        container.running(directory, task, Session.living(spec, task, running.pid()));
        limits.add(
                directory.path().getFileName().toString(),
                new LimitWatch.Watched(spec.sandbox(), spec.diskBytes(), cage, container::limit));
        exits.watchChild(running.pid(), container::supervisorEnded);
    }

    /** What a nested container writes goes to its parent's files as it is. */
    private Outputs outputs(Launch launch, RunAs runAs, Container container) throws IOException {
        Launch.Streams streams = launch.streams();
        if (streams != null) {
            return Outputs.of(streams);
        }
        if (loggers == null || launch.id().parent() != null) {
            return Outputs.files(launch.sandbox());
        }
        Loggers.Pipes pipes = loggers.start(launch.sandbox(), runAs);
        container.writesTo(pipes.drained());
        return Outputs.pipes(pipes);
    }

    /** With a terminal or pipes of somebody's, a task may want a session to itself. */
    private ContainerDirectory.Leader leader(Launch launch, Optional<Session> around) {
        boolean alone = around.isEmpty() && ownProcesses(launch) && launch.streams() == null;
        return alone ? ContainerDirectory.Leader.SUPERVISOR : ContainerDirectory.Leader.TASK;
    }

    private boolean ownProcesses(Launch launch) {
        return isolation.has(Isolator.NAMESPACES_PID) && !launch.surroundings().machinesProcesses();
    }

    private Scope scope(Launch launch, Optional<Session> around, RunAs runAs, ContainerDirectory directory)
            throws IOException, LaunchFailed {
        List<Volume> volumes = launch.surroundings().volumes();
        if (!isolation.has(Isolator.FILESYSTEM_LINUX)) {
            Links.make(launch.sandbox(), volumes, runAs.owner());
            return new Scope.Machine();
        }
        var sight = new Sight(launch.sandbox(), directory.scratch(), volumes, runAs.owner());
        return around.isPresent()
                ? new Scope.Joined(around.get().id(), sight)
                : new Scope.Own(sight, ownProcesses(launch));
    }

    /** Starts a supervisor. */
    private interface SupervisorStart {
        Supervisor.Running run() throws IOException, LaunchFailed;
    }

    private Supervisor.Running startIn(Cage cage, Limits granted, SupervisorStart start)
            throws IOException, LaunchFailed {
        try {
            isolation.cgroups().create(cage, granted);
            return start.run();
        } catch (IOException | LaunchFailed e) {
            removal.remove(cage);
            throw e;
        }
    }

    /** The processes of the running container in which this one is nested. */
    private Optional<Session> around(ContainerId id) {
        Container parent = id.parent() == null ? null : containers.get(id.parent());
        return parent == null ? Optional.empty() : parent.session();
    }

    private static LaunchFailed notStarted(ContainerDirectory directory) {
        try {
            return new LaunchFailed("Failed to start the command: " + directory.complaints());
        } catch (IOException e) {
            return new LaunchFailed("Failed to start the command, and to read why", e);
        }
    }

    @Override
    public CompletableFuture<Termination> termination(ContainerId id) {
        Container container = containers.get(id);
        return container == null
                ? CompletableFuture.completedFuture(new Termination.Lost("There is no such container"))
                : container.termination();
    }

    @Override
    public void kill(ContainerId id, Signal signal) {
        Container container = containers.get(id);
        if (container != null) {
            container.kill(signal);
        }
    }

    @Override
    public Optional<Usage> usage(ContainerId id) {
        Container container = containers.get(id);
        Optional<Session> session = container == null ? Optional.empty() : container.session();
        if (session.isEmpty()) {
            return Optional.empty();
        }
        try {
            Cage cage = session.get().cage();
            Optional<Usage> processes = ProcessTable.usage(session.get().members(ProcessTable.all()));
            if (processes.isEmpty()) {
                return processes;
            }
            Usage exact = cage.isEmpty() ? processes.get() : Readings.usage(cage, processes.get());
            return Optional.of(exact.with(limits.disk(ContainerDirectory.nameOf(id))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Long> pid(ContainerId id) {
        Container container = containers.get(id);
        return container == null ? Optional.empty() : container.session().map(Session::id);
    }

    @Override
    public List<Recovered> recover() {
        List<Recovered> recovered = new ArrayList<>();
        try {
            Adoption adoption = new Adoption(bootId, exits, sessions, removal);
            for (ContainerId id : ContainerDirectory.list(root)) {
                ContainerDirectory directory = ContainerDirectory.of(root, id);
                Container container = container(id);
                containers.put(id, container);
                recovered.add(adoption.adopt(id, directory, container));
                watchLimits(id, directory, container);
            }
            isolation.cgroups().sweep(root, held());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the containers in " + root, e);
        }
        return recovered;
    }

    private void watchLimits(ContainerId id, ContainerDirectory directory, Container container) throws IOException {
        Optional<Session> session = container.session();
        Optional<ContainerDirectory.Spec> spec = directory.spec();
        if (session.isEmpty() || spec.isEmpty()) {
            return;
        }
        String name = ContainerDirectory.nameOf(id);
        limits.add(
                name,
                new LimitWatch.Watched(
                        spec.get().sandbox(),
                        spec.get().diskBytes(),
                        session.get().cage(),
                        container::limit));
        if (container.session().isEmpty()) {
            limits.remove(name);
        }
    }

    private Set<Path> held() {
        return containers.values().stream()
                .flatMap(container -> container.session().stream())
                .flatMap(session -> session.cage().paths().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void update(ContainerId id, Limits granted) throws IOException {
        Container container = containers.get(id);
        Optional<Session> session = container == null ? Optional.empty() : container.grant(granted);
        if (session.isPresent()) {
            isolation.cgroups().update(session.get().cage(), granted);
        }
    }

    @Override
    public void forget(ContainerId id) {
        Container container = containers.get(id);
        if (container == null || !container.termination().isDone() || !containers.remove(id, container)) {
            return;
        }
        try {
            ContainerDirectory directory = ContainerDirectory.of(root, id);
            if (Files.exists(directory.path())) {
                directory.delete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        preparations.shutdownNow();
        starts.shutdown();
        starts.close();
        limits.close();
        exits.close();
        sessions.close();
        removal.close();
    }

    private static boolean isValid(ContainerId id) {
        ContainerId parent = id.parent();
        return ID.matcher(id.value()).matches() && (parent == null || isValid(parent));
    }
}
