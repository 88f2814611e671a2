package org.nucleus.agent.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.core.state.Change;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;

/** Whatever is in the journal's file: it is read, cut off, or refused with a sentence; nothing else happens. */
class JournalFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
    private static final int ROUNDS = 400;

    @TempDir
    Path workDir;

    @Test
    void aTruncatedJournalLosesItsLastCommitsOnly() throws IOException {
        byte[] whole = written();
        for (int length = whole.length; length >= 0; length -= 7) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (CheckpointJournal journal = CheckpointJournal.open(workDir)) {
                assertThat(journal.history().size()).isBetween(1, 12);
            }
        }
    }

    @Test
    void garbageIsCutOffOrRefusedWithASentence() throws IOException {
        byte[] whole = written();
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Files.write(file(), spoilt(whole, random));
            try (CheckpointJournal journal = CheckpointJournal.open(workDir)) {
                assertThat(journal.history()).isNotEmpty();
            } catch (CheckpointJournal.Damaged e) {
                assertThat(e).as("seed " + SEED + " round " + round).hasMessageContaining("agent.journal is damaged");
            }
        }
    }

    @Test
    void withoutStrictnessADamagedJournalIsPutAside() throws IOException {
        byte[] whole = written();
        whole[3] ^= 1;
        Files.write(file(), whole);
        try (CheckpointJournal journal = CheckpointJournal.openOrBegin(workDir)) {
            assertThat(journal.isAdmitted()).isFalse();
        }
        try (var files = Files.list(workDir.resolve("meta"))) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("agent.journal.damaged-"));
        }
    }

    private static byte[] spoilt(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int hits = 1 + random.nextInt(8);
        for (int i = 0; i < hits; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = '\n';
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }

    private byte[] written() throws IOException {
        try (CheckpointJournal journal = CheckpointJournal.open(workDir)) {
            journal.commit(List.of(new Change.AgentAdmitted(new AgentId("m-S0"))));
            for (int i = 0; i < 10; i++) {
                journal.commit(List.of(new Change.FrameworkStored(FrameworkInfo.builder()
                        .user("root")
                        .name("n" + i)
                        .id(new FrameworkId("F" + i))
                        .build())));
            }
        }
        return Files.readAllBytes(file());
    }

    private Path file() {
        return workDir.resolve("meta/agent.journal");
    }
}
