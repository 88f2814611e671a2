package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.Started;

/**
 * Starts supervisors: shells that run {@code supervisor.sh}. The script is installed in the directory of all
 * containers, one file per version, since a shell may still be reading the one of an earlier agent.
 */
final class Supervisor {
    private static final String RESOURCE = "supervisor.sh";
    private static final int MOST_BYTES = 64;

    private final Path script;
    private final Optional<Path> ownCgroup;

    private Supervisor(Path script, Optional<Path> ownCgroup) {
        this.script = script;
        this.ownCgroup = ownCgroup;
    }

    /** A supervisor that was started, and the task that it tells of, if it came that far. */
    record Running(long pid, Optional<Started> task) {}

    /** Installs the script in {@code root}; supervisors then move to {@code ownCgroup}, if given. */
    static Supervisor install(Path root, Optional<Path> ownCgroup) throws IOException {
        byte[] text;
        try (InputStream resource = Supervisor.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("The program was built without " + RESOURCE);
            }
            text = resource.readAllBytes();
        }
        int version = new String(text, StandardCharsets.UTF_8).hashCode();
        Path script = root.resolve("supervisor-%08x.sh".formatted(version));
        if (!Files.exists(script)) {
            Path unfinished = Files.createTempFile(root, "supervisor-", ".unfinished");
            Files.write(unfinished, text, StandardOpenOption.TRUNCATE_EXISTING);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("r--r--r--"));
            Files.move(unfinished, script, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Supervisor(script, ownCgroup);
    }

    /** Starts one that runs {@code task}, and waits until that is about to run or it has given up: a few milliseconds. */
    Running start(ContainerDirectory directory, ContainerDirectory.Spec spec, Launch.Streams streams, List<String> task)
            throws IOException {
        Path sandbox = spec.sandbox();
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                script.toString(),
                directory.path().toString(),
                sandbox.toString(),
                ownCgroup.map(Path::toString).orElse(""),
                spec.cage().joined(),
                "setsid"));
        command.addAll(task);
        Spawn spawn =
                new Spawn(command, directory.log(), streams.stdin(), List.of(streams.stdout(), streams.stderr()));
        Libc.Pipe pipe = Libc.pipe();
        try {
            long pid;
            try {
                pid = spawn.start(pipe.writeEnd());
            } finally {
                Libc.close(pipe.writeEnd());
            }
            String told = new String(Libc.read(pipe.readEnd(), MOST_BYTES), StandardCharsets.US_ASCII);
            Optional<String> line = Optional.of(told).filter(text -> text.endsWith("\n"));
            return new Running(pid, line.map(ContainerDirectory::started));
        } finally {
            Libc.close(pipe.readEnd());
        }
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
