package org.nucleus.agent.containerizer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.Rotation;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;

/** What tasks write, in files of bounded size. */
class RotationTest {
    private static final ContainerId ID = new ContainerId("c1", null);
    private static final int MOST = 10_000;

    @TempDir
    private Path work;

    private ProcessContainerizer open() throws IOException {
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        var fetcher = new Fetcher(Fetcher.Settings.defaults(), InstantSource.system());
        var rotation = new Rotation(new Rotation.Kept(MOST, 3), new Rotation.Kept(MOST, 0));
        return new ProcessContainerizer(
                work.resolve("containers"), fetcher, true, Isolation.open(Isolation.Settings.posix()), rotation);
    }

    private Path sandbox() {
        return work.resolve("c1");
    }

    private void start(ProcessContainerizer containerizer, String command, @Nullable String user) throws Exception {
        CommandInfo info = CommandInfo.builder().value(command).build();
        await(containerizer.launch(new Launch(ID, info, new LinkedHashMap<>(), sandbox(), user)));
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private String stdout() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : new String[] {"stdout.3", "stdout.2", "stdout.1", "stdout"}) {
            Path file = sandbox().resolve(name);
            text.append(Files.exists(file) ? Files.readString(file) : "");
        }
        return text.toString();
    }

    private static String numbers(int most) {
        return IntStream.rangeClosed(1, most).mapToObj(n -> n + "\n").collect(Collectors.joining());
    }

    @Test
    void nothingIsLostOrTwiceInWhatIsKept() throws Exception {
        try (var containerizer = open()) {
            start(containerizer, "seq 6000; seq 6000 >&2; exit 2", null);
            assertThat(await(containerizer.termination(ID))).isEqualTo(new Termination.Exited(2));
        }
        String all = numbers(6000);
        assertThat(stdout()).isEqualTo(all);
        assertThat(Files.size(sandbox().resolve("stdout.1"))).isEqualTo(MOST);
        assertThat(sandbox().resolve("stderr")).hasContent(all.substring(all.length() - all.length() % MOST));
    }

    @Test
    void theOldestGo() throws Exception {
        try (var containerizer = open()) {
            start(containerizer, "seq 100000", null);
            await(containerizer.termination(ID));
        }
        assertThat(numbers(100000)).endsWith(stdout());
        assertThat(stdout().length()).isBetween(3 * MOST, 4 * MOST);
        assertThat(sandbox().resolve("stdout.4")).doesNotExist();
    }

    @Test
    void aLinkInTheWayLeadsItsOwnUserOnly() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "not root");
        Path secret = Files.createFile(
                work.resolve("secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var containerizer = open()) {
            start(containerizer, "seq 2000; ln -sf " + secret + " stdout; seq 20000", "nobody");
            await(containerizer.termination(ID));
        }
        assertThat(secret).isEmptyFile();
        assertThat(Files.getOwner(sandbox().resolve("stderr")).getName()).isEqualTo("nobody");
    }

    @Test
    void itOutlivesTheAgent() throws Exception {
        Files.createDirectories(sandbox());
        Path go = sandbox().resolve("go");
        Path end = sandbox().resolve("end");
        assertThat(new ProcessBuilder("mkfifo", go.toString(), end.toString())
                        .start()
                        .waitFor())
                .isZero();
        var first = open();
        start(first, "read x < go; seq 3000; read x < end", null);
        first.close();
        try (var next = open()) {
            next.recover();
            Files.writeString(go, "now\n");
            Files.writeString(end, "now\n");
            assertThat(await(next.termination(ID))).isEqualTo(new Termination.Exited(0));
        }
        while (!stdout().equals(numbers(3000))) {
            Thread.onSpinWait();
        }
    }
}
