package org.nucleus.agent.outbound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Remembered;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.agent.sandbox.Disposal;
import org.nucleus.agent.sandbox.SandboxLayout;
import org.nucleus.agent.sandbox.SandboxLayout.Run;
import org.nucleus.agent.volume.PersistentVolumes;
import org.nucleus.service.files.AttachedFiles;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where tasks write: shown to readers while it exists, given up when its task is over. Thread-safe. */
public final class Sandboxes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sandboxes.class);

    private final SandboxLayout layout;
    private final AttachedFiles files;
    private final Disposal disposal;
    private final PersistentVolumes volumes;

    public Sandboxes(Path workDir, AttachedFiles files, Disposal.Settings keep) {
        this.layout = new SandboxLayout(workDir);
        this.volumes = new PersistentVolumes(workDir);
        this.files = files;
        this.disposal = new Disposal(keep, Clock.systemUTC(), Disposal.usageOf(workDir), this::removed);
    }

    /** Whether the ids can be directories' names. */
    static boolean isPossible(ExecutorKey key) {
        return SandboxLayout.isSegment(key.framework().value())
                && SandboxLayout.isSegment(key.executor().value());
    }

    static boolean isPossible(TaskRun run) {
        return isPossible(run.executorKey())
                && SandboxLayout.isSegment(run.key().task().value());
    }

    public Path of(AgentId agent, ExecutorKey key, ContainerId container) {
        return layout.of(run(agent, key, container));
    }

    /** A task of a group has a directory in its executor's sandbox. */
    public Path of(AgentId agent, TaskRun run, Optional<ExecutorRun> executor) {
        return executor.map(owner -> of(agent, owner.key(), owner.container())
                        .resolve("tasks")
                        .resolve(run.key().task().value()))
                .orElseGet(() -> of(agent, run.executorKey(), run.container()));
    }

    /** Where the data of a persistent volume is, which sandboxes may show. */
    Path volume(Resource volume) {
        return volumes.pathOf(volume);
    }

    /** Makes the sandbox the latest of its executor, and lets readers in. */
    void show(AgentId agent, ExecutorKey key, ContainerId container) {
        Run run = run(agent, key, container);
        try {
            Path sandbox = layout.create(run);
            CrashPoint.SANDBOX_SHOWN.reached();
            attach(run, sandbox);
        } catch (IOException e) {
            log.atWarn().setCause(e).addKeyValue("executor", key).log("The sandbox cannot be shown to readers");
        }
    }

    /** The executor is over: its sandbox may go when it is old enough. */
    void retire(AgentId agent, ExecutorKey key, ContainerId container) {
        if (isPossible(key)) {
            disposal.schedule(
                    layout.of(run(agent, key, container)), Clock.systemUTC().instant());
        }
    }

    /** Shows the sandboxes of former processes, and gives up those of tasks that are over. */
    public void recover(List<Change.Durable> history) {
        Remembered remembered = new Remembered();
        history.forEach(remembered::apply);
        Set<String> alive = Stream.concat(
                        remembered.runs().values().stream()
                                .filter(run -> !run.ended())
                                .map(run -> run.container().value()),
                        remembered.executors().values().stream()
                                .map(run -> run.container().value()))
                .collect(Collectors.toSet());
        try {
            for (Run run : layout.list()) {
                recover(run, alive.contains(run.container()));
            }
        } catch (IOException e) {
            log.atWarn().setCause(e).log("Former sandboxes could not be listed; they stay until the next start");
        }
    }

    private void recover(Run run, boolean alive) {
        Path sandbox = layout.of(run);
        try {
            attach(run, sandbox);
            if (!alive) {
                disposal.schedule(sandbox, Files.getLastModifiedTime(sandbox).toInstant());
            }
        } catch (IOException e) {
            log.atWarn().setCause(e).addKeyValue("sandbox", sandbox).log("A former sandbox cannot be shown to readers");
        }
    }

    @Override
    public void close() {
        disposal.close();
    }

    private void attach(Run run, Path sandbox) throws IOException {
        files.attach(sandbox.toString(), sandbox);
        if (Files.exists(layout.latest(run))) {
            files.attach(SandboxLayout.virtualLatest(run), layout.latest(run));
        }
    }

    private void removed(Path sandbox) {
        files.detach(sandbox.toString());
        try {
            layout.prune(sandbox);
        } catch (IOException e) {
            log.atWarn().setCause(e).addKeyValue("sandbox", sandbox).log("Empty directories could not be removed");
        }
    }

    private static Run run(AgentId agent, ExecutorKey key, ContainerId container) {
        return new Run(agent.value(), key.framework().value(), key.executor().value(), container.value());
    }
}
