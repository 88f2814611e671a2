package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.agent.fetcher.FetchFailed;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.agent.fetcher.LocalFiles;

/**
 * Makes a sandbox ready for its command: the directory, {@code stdout} and {@code stderr}, what is fetched, its owner.
 */
final class Preparation {
    private final Fetcher fetcher;

    Preparation(Fetcher fetcher) {
        this.fetcher = fetcher;
    }

    void prepare(Launch launch, RunAs runAs) throws IOException, LaunchFailed {
        Path sandbox = launch.sandbox();
        if (Files.exists(sandbox.resolve("stdout"), LinkOption.NOFOLLOW_LINKS)) {
            return; // another container's, which this one joins
        }
        Files.createDirectories(sandbox);
        for (String output : List.of("stdout", "stderr")) {
            Path file = sandbox.resolve(output);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(file);
            }
        }
        CrashPoint.SANDBOX_MADE.reached();
        if (!launch.command().uris().isEmpty()) {
            fetch(launch, runAs);
        }
        runAs.own(sandbox);
        CrashPoint.SANDBOX_PREPARED.reached();
    }

    private void fetch(Launch launch, RunAs runAs) throws LaunchFailed {
        LocalFiles files = runAs.isAnother() ? (source, target) -> copyAs(runAs, source, target) : LocalFiles.own();
        String name = ContainerDirectory.nameOf(launch.id());
        try {
            fetcher.fetch(new Fetcher.Request(
                    name,
                    launch.command().uris(),
                    launch.sandbox(),
                    files,
                    launch.user() == null ? "" : launch.user()));
        } catch (FetchFailed e) {
            throw new LaunchFailed(String.valueOf(e.getMessage()), e);
        }
    }

    /** Opened by the user's own process: this one is root, which may read what that user may not. */
    private static void copyAs(RunAs runAs, Path source, Path target) throws IOException {
        Process cat = new ProcessBuilder(runAs.command("cat", "--", source.toString()))
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
}
