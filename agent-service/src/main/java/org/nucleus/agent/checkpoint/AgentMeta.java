package org.nucleus.agent.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.codec.JsonCodec;

/**
 * The original's {@code meta/slaves} directory, for people and tools that look there: {@code <id>/slave.info} and a
 * link {@code latest}. The agent itself never reads it.
 */
public final class AgentMeta {
    private final Path slaves;

    public AgentMeta(Path workDir) {
        this.slaves = workDir.resolve("meta").resolve("slaves");
    }

    public void admitted(AgentId id, AgentInfo info) throws IOException {
        Path mine = Files.createDirectories(slaves.resolve(id.value()));
        AgentInfo known =
                new AgentInfo(info.hostname(), info.port(), info.resources(), info.attributes(), id, info.domain());
        Files.write(mine.resolve("slave.info"), JsonCodec.v1().encode(known));
        CrashPoint.IDENTITY_WRITTEN.reached();
        Path fresh = slaves.resolve("latest.new");
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, Path.of(id.value()));
        Files.move(fresh, slaves.resolve("latest"), StandardCopyOption.ATOMIC_MOVE);
    }

    public void cleared() throws IOException {
        try {
            Files.delete(slaves.resolve("latest"));
        } catch (NoSuchFileException e) {
            return; // it was never admitted
        }
    }
}
