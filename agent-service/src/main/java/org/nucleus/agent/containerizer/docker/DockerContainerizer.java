package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Recovered;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.Usage;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.ContainerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Containers of the machine's Docker engine. The engine keeps them, their output and their end; the agent keeps which
 * are its own, and asks again for as long as the engine is away. A launch fails if the engine does.
 *
 * <p>A container nested in one is a command run beside its first.
 */
public final class DockerContainerizer implements Containerizer {
    private static final Logger log = LoggerFactory.getLogger(DockerContainerizer.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,199}");

    /** In what follows the name in {@code /proc/pid/stat}. Source: proc(5). */
    private static final int START_TICKS = 19;

    private final DockerSettings settings;
    private final Engine engine;
    private final Workspace workspace;
    private final RegistryAccess registries;
    private final Patience patience = new Patience();
    private final Watch watch;
    private final Removals removals;
    private final Map<ContainerId, DockerContainer> containers = new ConcurrentHashMap<>();
    private final Map<ContainerId, Exec> nested = new ConcurrentHashMap<>();

    public DockerContainerizer(DockerSettings settings, Fetcher fetcher) throws IOException {
        this.settings = settings;
        Files.createDirectories(settings.root());
        this.engine = new Engine(settings.socket());
        this.workspace = new Workspace(fetcher, settings.switchUser());
        this.registries = new RegistryAccess(settings.registries());
        this.watch = new Watch(engine, patience);
        this.removals = new Removals(engine, patience, settings);
    }

    @Override
    public CompletableFuture<Started> launch(Launch launch) {
        if (launch.id().parent() != null) {
            return launchNested(launch, launch.id().parent());
        }
        DockerContainer container = new DockerContainer(launch.id());
        if (!ID.matcher(launch.id().value()).matches() || containers.putIfAbsent(launch.id(), container) != null) {
            container.failed(new LaunchFailed("The container id '" + launch.id().value() + "' is invalid or in use"));
            return container.started();
        }
        if (!patience.begin(() -> start(launch, container))) {
            container.failed(new LaunchFailed("The agent stops"));
        }
        return container.started();
    }

    private CompletableFuture<Started> launchNested(Launch launch, ContainerId parent) {
        Exec exec = new Exec(engine, launch);
        DockerContainer around = containers.get(parent);
        if (around == null || !around.runs() || nested.putIfAbsent(launch.id(), exec) != null) {
            return CompletableFuture.failedFuture(new LaunchFailed("The container around it does not run"));
        }
        patience.begin(() -> exec.run(around.name()));
        return exec.started();
    }

    private void start(Launch launch, DockerContainer container) {
        try {
            container.launchedBy(Thread.currentThread());
            create(launch, container);
        } catch (LaunchFailed e) {
            fail(container, e);
        } catch (FileAlreadyExistsException e) {
            container.failed(new LaunchFailed("The container was launched before", e));
        } catch (EngineRefused e) {
            fail(container, new LaunchFailed("Failed to start the Docker container: " + e.getMessage(), e));
        } catch (IOException e) {
            fail(container, new LaunchFailed(sentence(e, container), e));
        }
    }

    private void create(Launch launch, DockerContainer container) throws IOException, LaunchFailed {
        ObjectNode creation = Creation.of(launch, settings.agent(), settings.quotas());
        Trace.Spec spec = workspace.prepare(launch);
        fetchImage(launch);
        Trace trace = Trace.create(settings.root(), launch.id(), spec);
        engine.create(container.name(), creation);
        container.beginning();
        trace.starting();
        engine.start(container.name());
        CrashPoint.CONTAINER_STARTED.reached();
        Seen seen = engine.inspect(container.name())
                .orElseThrow(() -> new LaunchFailed("The engine removed the container at once"));
        container.running(seen, process(seen.pid()));
        watch.begin(container, spec);
        if (container.isUnwanted()) {
            kill(container, Signal.KILL);
        }
    }

    private void fetchImage(Launch launch) throws IOException, LaunchFailed {
        var docker = Objects.requireNonNull(
                Objects.requireNonNull(launch.docker()).info().docker());
        if (!Boolean.TRUE.equals(docker.forcePullImage()) && engine.hasImage(docker.image())) {
            return;
        }
        ImageName image = ImageName.parse(docker.image());
        String access = registries.of(image, launch.sandbox());
        try {
            engine.pull(image, access, settings.pullTimeout());
        } catch (EngineRefused e) {
            throw new LaunchFailed("Failed to pull the image '" + docker.image() + "': " + e.getMessage(), e);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (ClosedChannelException e) {
            throw new LaunchFailed(
                    "Failed to pull the image '" + docker.image() + "': it did not come within "
                            + settings.pullTimeout().toSeconds() + " s",
                    e);
        }
    }

    private String sentence(IOException e, DockerContainer container) {
        if (container.isUnwanted()) {
            return "The container was killed before its command ran";
        }
        return "The Docker engine at " + settings.socket() + " does not answer (" + e.getMessage()
                + "). Start it, or give its socket with --docker_socket.";
    }

    /** What the engine may have of it goes, now or when the engine is back. */
    private void fail(DockerContainer container, LaunchFailed failure) {
        if (Trace.of(settings.root(), container.id()).existing().isPresent()) {
            removals.now(container.name());
        }
        container.failed(failure);
    }

    @Override
    public CompletableFuture<Termination> termination(ContainerId id) {
        DockerContainer container = containers.get(id);
        if (container != null) {
            return container.termination();
        }
        Exec exec = nested.get(id);
        return exec != null
                ? exec.termination()
                : CompletableFuture.completedFuture(new Termination.Lost("There is no such container"));
    }

    @Override
    public void kill(ContainerId id, Signal signal) {
        Exec exec = nested.get(id);
        if (exec != null) {
            patience.begin(() -> exec.kill(signal));
        }
        DockerContainer container = containers.get(id);
        if (container != null && !container.ended() && (container.runs() || !container.giveUp())) {
            kill(container, signal);
        }
    }

    /** Tried again while the engine is away; a container that has ended meanwhile is as good as killed. */
    private void kill(DockerContainer container, Signal signal) {
        String name = signal == Signal.KILL ? "SIGKILL" : container.stopSignal();
        patience.begin(() -> {
            try {
                patience.ask(() -> {
                    if (!container.ended()) {
                        engine.kill(container.name(), name);
                    }
                    return true;
                });
            } catch (EngineRefused e) {
                if (!e.isConflict() && !e.isAbsent()) {
                    log.atWarn()
                            .setCause(e)
                            .addKeyValue("container", container.id())
                            .log("It cannot be signalled");
                }
            }
        });
    }

    @Override
    public Optional<Usage> usage(ContainerId id) {
        DockerContainer container = containers.get(id);
        if (container == null || !container.runs()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Statistics.of(engine.statistics(container.name())));
        } catch (EngineRefused e) {
            return Optional.empty(); // it has just ended
        } catch (IOException e) {
            throw new UncheckedIOException("The Docker engine gives no statistics: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Long> pid(ContainerId id) {
        return Optional.ofNullable(containers.get(id))
                .filter(DockerContainer::runs)
                .map(DockerContainer::pid)
                .filter(pid -> pid > 0);
    }

    @Override
    public void update(ContainerId id, Limits limits) throws IOException {
        DockerContainer container = containers.get(id);
        if (container == null || !container.runs()) {
            return;
        }
        ObjectNode changed = EngineLimits.of(limits, settings.quotas());
        Seen seen = engine.inspect(container.name()).orElse(null);
        if (seen == null || changed.path("Memory").asLong(Long.MAX_VALUE) < seen.memoryBytes()) {
            changed.remove("Memory");
        }
        engine.update(container.name(), changed);
    }

    @Override
    public List<Recovered> recover() {
        List<Recovered> recovered = new ArrayList<>();
        try {
            for (ContainerId id : Trace.list(settings.root())) {
                recovered.add(recover(id, Trace.of(settings.root(), id)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what is known of Docker containers", e);
        }
        removals.sweep(this::isKnown);
        return recovered;
    }

    private boolean isKnown(String name) {
        return containers.values().stream()
                .anyMatch(container -> container.name().equals(name));
    }

    private Recovered recover(ContainerId id, Trace trace) throws IOException {
        DockerContainer container = new DockerContainer(id);
        containers.put(id, container);
        Trace.Spec spec = trace.spec();
        Recovered.State state;
        try {
            state = found(container, spec, trace);
        } catch (IOException e) {
            log.atWarn().addKeyValue("container", id).log("The Docker engine does not answer; it is asked again");
            state = withoutEngine(container, spec, trace);
        }
        return new Recovered(id, spec.sandbox(), state);
    }

    private Recovered.State found(DockerContainer container, Trace.Spec spec, Trace trace) throws IOException {
        Optional<Seen> seen = engine.inspect(container.name());
        if (seen.isPresent() && seen.get().neverStarted()) {
            if (removedUnstarted(container.name())) {
                return neverStarted(container);
            }
            seen = engine.inspect(container.name());
        }
        if (seen.isEmpty()) {
            return trace.mayHaveStarted()
                    ? ended(container, new Termination.Lost("The engine has no such container any more"))
                    : neverStarted(container);
        }
        if (seen.get().runs()) {
            Started process = process(seen.get().pid());
            container.running(seen.get(), process);
            watch.begin(container, spec);
            return new Recovered.State.Running(process);
        }
        watch.complete(container.name(), spec);
        return ended(container, seen.get().termination());
    }

    /** One that an earlier agent's request is starting this moment is not removed: the engine does one at a time. */
    private boolean removedUnstarted(String name) throws IOException {
        try {
            engine.remove(name, false);
            return true;
        } catch (EngineRefused e) {
            if (e.isConflict()) {
                return false;
            }
            throw e;
        }
    }

    /** What may have been started is taken to run until the engine says otherwise. */
    private Recovered.State withoutEngine(DockerContainer container, Trace.Spec spec, Trace trace) {
        if (!trace.mayHaveStarted()) {
            return neverStarted(container);
        }
        Started unknown = new Started(0, 0);
        container.presumedRunning();
        watch.begin(container, spec);
        return new Recovered.State.Running(unknown);
    }

    private static Recovered.State ended(DockerContainer container, Termination how) {
        container.ended(how);
        return new Recovered.State.Ended(how);
    }

    private static Recovered.State neverStarted(DockerContainer container) {
        container.failed(new LaunchFailed("The container was never started"));
        return new Recovered.State.NeverStarted();
    }

    private static Started process(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return new Started(pid, Long.parseLong(words[START_TICKS]));
        } catch (IOException _) {
            return new Started(pid, 0); // it has ended already
        }
    }

    @Override
    public void forget(ContainerId id) {
        nested.computeIfPresent(id, (_, exec) -> exec.termination().isDone() ? null : exec);
        DockerContainer container = containers.get(id);
        if (container == null || !container.ended()) {
            return;
        }
        boolean ran = container.hasRun();
        try {
            Trace.of(settings.root(), id).delete();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot forget the container " + id, e);
        }
        containers.remove(id);
        if (ran) {
            removals.later(container.name());
        } else {
            removals.now(container.name());
        }
    }

    @Override
    public void close() {
        patience.end();
        engine.close();
    }
}
