package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.agent.fetcher.FetchFailed;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.agent.fetcher.LocalFiles;

/** Makes a container's sandbox: its output's files, what is fetched, and whose it is. */
final class Workspace {
    private final Fetcher fetcher;
    private final boolean switchUser;

    Workspace(Fetcher fetcher, boolean switchUser) {
        this.fetcher = fetcher;
        this.switchUser = switchUser;
    }

    Trace.Spec prepare(Launch launch) throws IOException, LaunchFailed {
        Path sandbox = Files.createDirectories(launch.sandbox());
        for (String output : List.of("stdout", "stderr")) {
            Path file = sandbox.resolve(output);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(file);
            }
        }
        CrashPoint.SANDBOX_MADE.reached();
        fetch(launch);
        own(launch);
        CrashPoint.SANDBOX_PREPARED.reached();
        return new Trace.Spec(sandbox, Files.size(sandbox.resolve("stdout")), Files.size(sandbox.resolve("stderr")));
    }

    private void fetch(Launch launch) throws LaunchFailed {
        try {
            fetcher.fetch(new Fetcher.Request(
                    launch.id().value(),
                    launch.command().uris(),
                    launch.sandbox(),
                    files(launch.user()),
                    launch.user() == null ? "" : launch.user()));
        } catch (FetchFailed e) {
            throw new LaunchFailed(String.valueOf(e.getMessage()), e);
        }
    }

    /** Files of this machine are read by the user's own process: this one may be root, and may read more. */
    private LocalFiles files(@Nullable String user) {
        if (user == null || user.isEmpty() || !switchUser || user.equals(System.getProperty("user.name"))) {
            return LocalFiles.own();
        }
        String other = user;
        return (source, target) -> copyAs(other, source, target);
    }

    private static void copyAs(String user, Path source, Path target) throws IOException {
        Process cat = new ProcessBuilder("runuser", "-u", user, "--", "cat", "--", source.toString())
                .redirectOutput(target.toFile())
                .start();
        try (var complaints = cat.errorReader()) {
            cat.getOutputStream().close();
            String complaint = complaints.lines().reduce("", String::concat);
            if (cat.waitFor() != 0) {
                throw new FetchFailed(complaint);
            }
        } catch (InterruptedException e) {
            cat.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new FetchFailed("it was interrupted", e);
        }
    }

    /** The sandbox is the task's user's; who runs inside is the image's business. */
    private void own(Launch launch) throws IOException, LaunchFailed {
        String user = launch.user();
        if (user == null || user.isEmpty() || !switchUser) {
            return;
        }
        UserPrincipal owner;
        try {
            owner = FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
        } catch (UserPrincipalNotFoundException e) {
            throw new LaunchFailed("There is no user '" + user + "' on this machine", e);
        }
        if (Files.getOwner(launch.sandbox()).equals(owner)) {
            return;
        }
        Files.walkFileTree(launch.sandbox(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return give(directory);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return give(file);
            }

            private FileVisitResult give(Path path) throws IOException {
                Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setOwner(owner);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
