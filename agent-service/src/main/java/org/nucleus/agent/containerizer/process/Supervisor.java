package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.containerizer.namespace.Handle;
import org.nucleus.agent.containerizer.namespace.Namespaces;
import org.nucleus.agent.containerizer.namespace.Sight;

/**
 * Starts supervisors: shells that run {@code supervisor.sh}, installed in the directory of all containers.
 */
final class Supervisor {
    private static final String RESOURCE = "supervisor.sh";
    private static final int MOST_BYTES = 64;

    /** Of a command line that runs nothing but the script. */
    private static final int WORDS = 8;

    private final Path script;
    private final Optional<Path> ownCgroup;
    private final Namespaces namespaces;
    private final Handle proc;

    private Supervisor(Path script, Optional<Path> ownCgroup, Namespaces namespaces, Handle proc) {
        this.script = script;
        this.ownCgroup = ownCgroup;
        this.namespaces = namespaces;
        this.proc = proc;
    }

    /** A supervisor that was started, and the task that it tells of, if it came that far. */
    record Running(long pid, Optional<Started> task) {}

    /** Installs the script in {@code root}. */
    static Supervisor install(Path root, Isolation isolation) throws IOException {
        Path script = Script.install(RESOURCE, root);
        return new Supervisor(
                script,
                isolation.cgroups().supervisors(),
                Namespaces.here(isolation.settings().hidden()),
                Handle.of(Path.of("/proc")));
    }

    /**
     * What to start.
     *
     * @param oomScore how readily the kernel ends it when the machine's memory is short; absent for as others
     * @param prefix what runs the script that becomes the task, but for the shell; none if nothing has to
     * @param shell the shell that can read that script
     */
    record Order(
            ContainerDirectory directory,
            ContainerDirectory.Spec spec,
            Scope scope,
            Outputs outputs,
            @Nullable Integer oomScore,
            List<String> prefix,
            String shell) {}

    /** Starts one, and waits until its task is about to run or it has given up: a few milliseconds. */
    Running start(Order order) throws IOException, LaunchFailed {
        try (Handle meta = Handle.of(order.directory().path())) {
            return switch (order.scope()) {
                case Scope.Machine _ -> start(order, meta);
                case Scope.Own(Sight sight, boolean pids) -> namespaces.own(sight, pids, () -> start(order, meta));
                case Scope.Joined(long pid, Sight sight) -> namespaces.of(pid, sight, () -> start(order, meta));
            };
        }
    }

    private Running start(Order order, Handle meta) throws IOException {
        Libc.Pipe told = Libc.pipe();
        try {
            Libc.Pipe shown = Libc.pipe();
            try {
                return start(order, meta, told, shown);
            } finally {
                Libc.close(shown.writeEnd());
            }
        } finally {
            Libc.close(told.readEnd());
        }
    }

    private Running start(Order order, Handle meta, Libc.Pipe told, Libc.Pipe shown) throws IOException {
        long pid;
        try {
            pid = new Spawn(command(order), wiring(order, meta, told, shown)).start();
        } finally {
            Libc.close(told.writeEnd());
            Libc.close(shown.readEnd());
        }
        String line = new String(Libc.read(told.readEnd(), MOST_BYTES), StandardCharsets.US_ASCII);
        if (!line.endsWith("\n")) {
            return new Running(pid, Optional.empty());
        }
        if (order.scope() instanceof Scope.Own(var _, boolean pids) && pids && Namespaces.showProcesses(pid)) {
            Libc.writeByte(shown.writeEnd());
        }
        return new Running(pid, Optional.of(ContainerDirectory.started(line)));
    }

    private List<String> command(Order order) {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "../" + script.getFileName(),
                order.directory().path().toString(),
                order.spec().sandbox().toString(),
                ownCgroup.map(Path::toString).orElse(""),
                order.spec().cage().joined(),
                order.scope().word(),
                order.oomScore() == null ? "" : Integer.toString(order.oomScore())));
        if (order.spec().leader() == ContainerDirectory.Leader.TASK) {
            command.add("setsid");
        }
        command.addAll(order.prefix());
        if (command.size() > WORDS || !order.shell().equals("/bin/sh")) {
            command.add(order.shell());
        }
        return command;
    }

    private Spawn.Wiring wiring(Order order, Handle meta, Libc.Pipe told, Libc.Pipe shown) {
        List<Spawn.Copied> copied = new ArrayList<>(order.outputs().copied());
        copied.add(new Spawn.Copied(told.writeEnd(), 3));
        copied.add(new Spawn.Copied(proc.descriptor(), 7));
        copied.add(new Spawn.Copied(shown.readEnd(), 8));
        List<Spawn.Opened> opened = new ArrayList<>(order.outputs().opened());
        opened.add(Spawn.Opened.writing(Path.of("/dev/null"), 1));
        opened.add(Spawn.Opened.appending(Path.of("log"), 2));
        opened.add(Spawn.Opened.reading(Path.of("/dev/null"), 6));
        return new Spawn.Wiring(meta.descriptor(), copied, opened);
    }

    /**
     * The supervisor that serves {@code directory} but has not said so in it yet: found by its command line. Empty if
     * there is none.
     */
    static Optional<Started> find(ContainerDirectory directory) throws IOException {
        String path = directory.path().toString();
        for (ProcessTable.Entry entry : ProcessTable.all()) {
            // A supervisor leads its session; what it forks shows the same command line until it executes.
            boolean leads = entry.session() == entry.pid();
            if (leads && ProcessTable.commandLine(entry.pid()).contains(path)) {
                return Optional.of(new Started(entry.pid(), entry.startTicks()));
            }
        }
        return Optional.empty();
    }
}
