package org.nucleus.agent.checkpoint;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.JsonCodec;

/**
 * What the agent said of itself when it last started, and under which boot of the machine: {@code meta/agent.facts}, a
 * line with the boot's id and a line with the AgentInfo as JSON.
 */
public final class AgentFacts {
    private final Path file;

    public AgentFacts(Path workDir) {
        this.file = workDir.resolve("meta").resolve("agent.facts");
    }

    /** The facts of one start. */
    public record Facts(String bootId, AgentInfo info) {}

    /**
     * Those of the last start; empty if there was none.
     *
     * @throws CheckpointJournal.Damaged if they cannot be read
     */
    public Optional<Facts> read() throws IOException {
        try {
            String[] lines = Files.readString(file).split("\n", -1);
            if (lines.length != 3) {
                throw new CheckpointJournal.Damaged(file, "expecting two lines");
            }
            return Optional.of(new Facts(
                    lines[0], JsonCodec.v1().decode(lines[1].getBytes(StandardCharsets.UTF_8), AgentInfo.class)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (BadMessage e) {
            throw new CheckpointJournal.Damaged(file, String.valueOf(e.getMessage()));
        } catch (CharacterCodingException e) {
            throw new CheckpointJournal.Damaged(file, "it is not text");
        }
    }

    /** Puts these in the place of the former ones. */
    public void write(Facts facts) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling("agent.facts.new");
        byte[] info = JsonCodec.v1().encode(facts.info());
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write((facts.bootId() + "\n").getBytes(StandardCharsets.UTF_8));
            out.write(info);
            out.write('\n');
            out.getFD().sync();
        }
        CrashPoint.FACTS_WRITTEN.reached();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The id of the machine's boot, which every boot changes. */
    public static String bootId() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }
}
