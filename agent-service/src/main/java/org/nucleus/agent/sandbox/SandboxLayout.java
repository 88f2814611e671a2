package org.nucleus.agent.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The original's tree of sandboxes, {@code slaves/A/frameworks/F/executors/E/runs/C}, with a link {@code latest}
 * beside the runs. Source: slave/paths.cpp.
 */
public final class SandboxLayout {
    private static final String LATEST = "latest";

    private final Path slaves;

    /** One run of an executor, by the ids of which its path is made. */
    public record Run(String agent, String framework, String executor, String container) {
        public Run {
            for (String id : List.of(agent, framework, executor, container)) {
                if (!isSegment(id)) {
                    throw new IllegalArgumentException("'" + id + "' cannot be part of a path");
                }
            }
        }
    }

    public SandboxLayout(Path workDir) {
        this.slaves = workDir.toAbsolutePath().normalize().resolve("slaves");
    }

    /** Whether an id can be a directory's name: to be asked of what peers send. */
    public static boolean isSegment(String id) {
        return !id.isEmpty()
                && !id.equals(".")
                && !id.equals("..")
                && id.length() <= 255
                && id.chars().noneMatch(c -> c == '/' || Character.isISOControl(c));
    }

    /** The sandbox of {@code run}. */
    public Path of(Run run) {
        return runs(run).resolve(run.container());
    }

    /** The link to the newest run of its executor. */
    public Path latest(Run run) {
        return runs(run).resolve(LATEST);
    }

    /** The virtual path that clients browse without knowing the container. */
    public static String virtualLatest(Run run) {
        return "/frameworks/" + run.framework() + "/executors/" + run.executor() + "/runs/" + LATEST;
    }

    /** Makes the sandbox, and makes it the latest of its executor. */
    public Path create(Run run) throws IOException {
        Path sandbox = Files.createDirectories(of(run));
        Path link = sandbox.resolveSibling("." + LATEST + "-" + run.container());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, sandbox);
        Files.move(link, latest(run), StandardCopyOption.ATOMIC_MOVE);
        return sandbox;
    }

    /** All sandboxes there are. */
    public List<Run> list() throws IOException {
        List<Run> all = new ArrayList<>();
        for (String agent : names(slaves)) {
            Path frameworks = slaves.resolve(agent).resolve("frameworks");
            for (String framework : names(frameworks)) {
                Path executors = frameworks.resolve(framework).resolve("executors");
                for (String executor : names(executors)) {
                    for (String container : names(executors.resolve(executor).resolve("runs"))) {
                        all.add(new Run(agent, framework, executor, container));
                    }
                }
            }
        }
        return all;
    }

    /** After a sandbox was removed: removes the directories above that hold nothing any more. */
    public void prune(Path sandbox) throws IOException {
        Path runs = sandbox.getParent();
        if (runs == null || !runs.startsWith(slaves)) {
            return;
        }
        Path latest = runs.resolve(LATEST);
        if (Files.isSymbolicLink(latest) && !Files.exists(latest)) {
            Files.delete(latest);
        }
        for (Path directory = runs; directory != null && !directory.equals(slaves); directory = directory.getParent()) {
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private Path runs(Run run) {
        return slaves.resolve(run.agent())
                .resolve("frameworks")
                .resolve(run.framework())
                .resolve("executors")
                .resolve(run.executor())
                .resolve("runs");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
