package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.isolator.Cage;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.wire.ContainerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is stored about one container, where its task cannot forge it. The supervisor's script says which files it
 * writes; the agent writes {@code spec} (where and under which boot), {@code launch} (the {@link LaunchScript}) and
 * {@code limited} (which limit it is killed for).
 */
record ContainerDirectory(Path path) {
    private static final Logger log = LoggerFactory.getLogger(ContainerDirectory.class);
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("r--------");
    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");
    private static final Pattern NAME = Pattern.compile("[^.]+(\\.[^.]+)*");
    private static final String ABANDONED = "ABANDONED";
    private static final String NO_QUOTA = "-";

    /** Who leads the session of a container's processes. */
    enum Leader {
        TASK,
        SUPERVISOR
    }

    /**
     * Where a container's sandbox and cgroups are, what the sandbox may hold, whose session its processes are in, and the
     * boot of the machine under which it was launched.
     */
    record Spec(
            String bootId,
            Path sandbox,
            Cage cage,
            @Nullable Long diskBytes,
            Leader leader) {}

    /** How and when (in seconds since boot) a supervisor saw its task end. */
    record Exit(Termination termination, double uptime) {}

    /** Creates it; fails if it is there already, since an id is launched once. */
    static ContainerDirectory create(Path root, ContainerId id, Spec spec, LaunchScript script) throws IOException {
        ContainerDirectory directory = new ContainerDirectory(root.resolve(nameOf(id)));
        Files.createDirectory(directory.path, PosixFilePermissions.asFileAttribute(PASSABLE));
        directory.write("launch", script.text());
        CrashPoint.CONTAINER_NAMED.reached();
        directory.write(
                "spec",
                String.join(
                                "\n",
                                spec.bootId(),
                                spec.sandbox().toString(),
                                spec.cage().line(),
                                spec.diskBytes() == null ? NO_QUOTA : Long.toString(spec.diskBytes()),
                                spec.leader().name())
                        + "\n");
        return directory;
    }

    /** The ids of all in {@code root}. */
    static List<ContainerId> list(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .map(ContainerDirectory::idOf)
                    .toList();
        }
    }

    static ContainerDirectory of(Path root, ContainerId id) {
        return new ContainerDirectory(root.resolve(nameOf(id)));
    }

    /** Nested ids are joined by a dot, which no id contains. */
    static String nameOf(ContainerId id) {
        ContainerId parent = id.parent();
        return parent == null ? id.value() : nameOf(parent) + "." + id.value();
    }

    private static ContainerId idOf(String name) {
        @Nullable ContainerId id = null;
        for (String value : name.split("\\.")) {
            id = new ContainerId(value, id);
        }
        return Objects.requireNonNull(id);
    }

    Path log() {
        return path.resolve("log");
    }

    Path launch() {
        return path.resolve("launch");
    }

    /** An empty directory, for what is to be hidden from others while it is made. */
    Path scratch() throws IOException {
        return Files.createDirectory(path.resolve("scratch"), PosixFilePermissions.asFileAttribute(PASSABLE));
    }

    /** The command runs: its script, which may hold secrets, was read. */
    void forgetLaunch() throws IOException {
        Files.deleteIfExists(launch());
    }

    /** Empty if an agent died while it wrote it, before it could start the supervisor. */
    Optional<Spec> spec() throws IOException {
        return parsed("spec", text -> {
            String[] lines = text.split("\n");
            return new Spec(
                    lines[0], Path.of(lines[1]), Cage.parse(lines[2]), quota(lines[3]), Leader.valueOf(lines[4]));
        });
    }

    /**
     * Decides that this container's command will never run, unless its supervisor was faster: true if so decided, now
     * or earlier.
     */
    boolean abandon() throws IOException {
        try {
            write("supervisor", ABANDONED + "\n");
            return true;
        } catch (FileAlreadyExistsException e) {
            return complete("supervisor").filter(line -> line.equals(ABANDONED)).isPresent();
        }
    }

    Optional<Started> supervisor() throws IOException {
        return parsed("supervisor", ContainerDirectory::started);
    }

    Optional<Started> task() throws IOException {
        return parsed("task", ContainerDirectory::started);
    }

    Optional<Exit> exit() throws IOException {
        return parsed("exit", line -> {
            String[] words = line.split(" ");
            int number = Integer.parseInt(words[1]);
            Termination termination =
                    words[0].equals("signaled") ? new Termination.Signaled(number) : new Termination.Exited(number);
            return new Exit(termination, Double.parseDouble(words[2]));
        });
    }

    /** Notes, before the container is killed for it, which limit it has passed. Once. */
    void limit(Termination.Limited limited) throws IOException {
        write("limited", limited.what() + " " + limited.bytes() + "\n" + limited.reason() + "\n");
    }

    Optional<Termination> limited() throws IOException {
        return parsed("limited", text -> {
            String[] words = text.substring(0, text.indexOf('\n')).split(" ");
            return new Termination.Limited(
                    Termination.Resource.valueOf(words[0]),
                    Long.parseLong(words[1]),
                    text.substring(text.indexOf('\n') + 1));
        });
    }

    /** What the supervisor complained of; may be empty. */
    String complaints() throws IOException {
        try {
            return Files.readString(log()).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    void delete() throws IOException {
        try (Stream<Path> entries = Files.walk(path)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
                CrashPoint.CONTAINER_FORGOTTEN.reached();
            }
        }
    }

    static Started started(String line) {
        String[] words = line.strip().split(" ");
        return new Started(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    private static @Nullable Long quota(String text) {
        return text.equals(NO_QUOTA) ? null : Long.valueOf(text);
    }

    /** What a file says; empty if it says nothing yet, or what nobody here has written. */
    private <T> Optional<T> parsed(String file, Function<String, T> parse) throws IOException {
        Optional<String> text = complete(file).filter(line -> !line.equals(ABANDONED));
        try {
            return text.map(parse);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("file", path.resolve(file))
                    .log("A container's file is damaged: going on without it");
            return Optional.empty();
        }
    }

    /** The file without its last newline; empty if there is none, or if its writer has not finished. */
    private Optional<String> complete(String file) throws IOException {
        try {
            String text = new String(Files.readAllBytes(path.resolve(file)), StandardCharsets.UTF_8);
            return text.endsWith("\n") ? Optional.of(text.substring(0, text.length() - 1)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void write(String file, String text) throws IOException {
        Path target = path.resolve(file);
        try (var channel = Files.newByteChannel(
                target,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PRIVATE))) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
