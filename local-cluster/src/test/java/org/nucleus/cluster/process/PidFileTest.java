package org.nucleus.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private PidFile file;

    @BeforeEach
    void nameAFile() {
        file = new PidFile(directory.resolve("pids").resolve("sleeper.pid"));
    }

    @Test
    void findsTheProcessItNames() throws IOException {
        Process sleeper = sleeper();
        file.write(sleeper.pid());

        assertThat(file.process()).map(ProcessHandle::pid).contains(sleeper.pid());
        assertThat(Files.readString(file.path())).isEqualTo(sleeper.pid() + "\n");

        assertThat(file.stop(PATIENCE)).isTrue();
        assertThat(sleeper.isAlive()).isFalse();
        assertThat(file.process()).isEmpty();
    }

    @Test
    void doesNotMistakeALaterProcessForItsOwn() throws IOException {
        Process sleeper = sleeper();
        file.write(sleeper.pid());
        Files.setLastModifiedTime(file.path(), FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        assertThat(file.process()).isEmpty();
        assertThat(file.stop(PATIENCE)).isFalse();
        assertThat(sleeper.isAlive()).isTrue();

        sleeper.destroyForcibly();
    }

    @Test
    void killsAProcessThatDoesNotEndWhenAsked() throws IOException {
        Process stubborn =
                new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done").start();
        assertThat(stubborn.inputReader().readLine()).isEqualTo("ready");
        file.write(stubborn.pid());

        assertThat(file.stop(Duration.ofMillis(200))).isTrue();
        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void namesNobodyWhenItIsAbsentOrNoNumber() throws IOException {
        assertThat(file.process()).isEmpty();
        Files.createDirectories(file.path().getParent());
        Files.writeString(file.path(), "nonsense\n");
        assertThat(file.process()).isEmpty();
    }

    private static Process sleeper() throws IOException {
        return new ProcessBuilder("sleep", "600").start();
    }
}
