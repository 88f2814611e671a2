package org.nucleus.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisposalTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Disposal.Settings SETTINGS =
            new Disposal.Settings(Duration.ofHours(10), 0.1, Duration.ofDays(1));

    @TempDir
    private Path work;

    @ParameterizedTest
    @CsvSource({"0, PT9H", "0.4, PT5H", "0.9, PT0S", "1, PT0S"})
    void theAllowedAgeShrinksAsTheDiskFills(double used, Duration age) {
        assertThat(Disposal.allowedAge(SETTINGS, used)).isEqualTo(age);
    }

    @Test
    void theOldGoAndTheYoungAndTheNeededStay() throws Exception {
        Path old = Files.createDirectory(work.resolve("old"));
        Path young = Files.createDirectory(work.resolve("young"));
        Path needed = Files.createDirectory(work.resolve("needed"));
        var now = new AtomicReference<>(START);
        var removed = new LinkedBlockingQueue<Path>();
        InstantSource clock = now::get;
        try (var disposal = new Disposal(SETTINGS, clock, () -> 0, removed::add)) {
            disposal.schedule(young, START.plus(Duration.ofHours(5)));
            disposal.schedule(needed, START);
            assertThat(disposal.unschedule(needed)).isTrue();
            now.set(START.plus(Duration.ofHours(9)));
            disposal.schedule(old, START);
            assertThat(removed.poll(30, TimeUnit.SECONDS)).isEqualTo(old);
            assertThat(disposal.pending()).isOne();
        }
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(needed).exists();
    }
}
