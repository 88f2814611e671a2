package org.nucleus.agent.containerizer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.machine.Ordered;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;

/** Needs root, and the user {@code nobody} that every Linux has. */
class RunAsTest {
    private static final ContainerId ID = new ContainerId("c1", null);

    @TempDir
    private Path work;

    private Path sandbox;

    @BeforeEach
    void openTheWay() throws IOException {
        assumeTrue(Libc.effectiveUser() == 0, "not root");
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        sandbox = work.resolve("sandbox");
    }

    private Termination run(boolean switchUser, CommandInfo command) throws Exception {
        var fetcher = new Fetcher(Fetcher.Settings.defaults(), InstantSource.system());
        try (var containerizer = new ProcessContainerizer(
                work.resolve("containers"), fetcher, switchUser, Isolation.open(Isolation.Settings.posix()))) {
            var environment = Ordered.copyOf(new LinkedHashMap<>(Map.of("LD_PRELOAD", "")));
            containerizer
                    .launch(new Launch(ID, command, environment, sandbox, "nobody"))
                    .get(30, TimeUnit.SECONDS);
            return containerizer.termination(ID).get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void theCommandRunsAsItsUserAndOwnsTheSandbox() throws Exception {
        var command = CommandInfo.builder()
                .value("id -un; id -Gn; grep -E '^Cap(Prm|Eff)' /proc/$$/status; echo x > mine; ls -ld . >> mine")
                .build();
        assertThat(run(true, command)).isEqualTo(new Termination.Exited(0));
        assertThat(sandbox.resolve("stdout"))
                .hasContent("nobody\nnogroup\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n");
        assertThat(Files.getOwner(sandbox.resolve("mine")).getName()).isEqualTo("nobody");
    }

    @Test
    void withoutSwitchUserItRunsAsTheAgent() throws Exception {
        assertThat(run(false, CommandInfo.builder().value("id -u").build())).isEqualTo(new Termination.Exited(0));
        assertThat(sandbox.resolve("stdout")).hasContent("0\n");
    }

    @Test
    void aFileThatTheUserMayNotReadIsNotFetched() throws Exception {
        Path secret = Files.writeString(work.resolve("secret"), "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        var uri = CommandInfo.Uri.builder().value(secret.toString()).build();
        var command = CommandInfo.builder().value("true").uris(List.of(uri)).build();
        assertThatThrownBy(() -> run(true, command))
                .hasMessageContaining("Failed to fetch all URIs for container 'c1'")
                .hasMessageContaining("Permission denied");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void aReadableFileIsFetchedForTheUser() throws Exception {
        Path open = Files.writeString(work.resolve("open.txt"), "open");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        var uri = CommandInfo.Uri.builder().value(open.toString()).build();
        var command =
                CommandInfo.builder().value("cat open.txt").uris(List.of(uri)).build();
        assertThat(run(true, command)).isEqualTo(new Termination.Exited(0));
        assertThat(sandbox.resolve("stdout")).hasContent("open");
        assertThat(Files.getOwner(sandbox.resolve("open.txt")).getName()).isEqualTo("nobody");
    }
}
