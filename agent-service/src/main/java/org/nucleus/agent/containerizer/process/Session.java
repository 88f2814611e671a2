package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one container: those of its session, and those of its cgroup where it has one, which also holds who
 * made a session of its own.
 *
 * @param id the pid of the task, which leads the session
 * @param newestTicks the session is the one meant only if it has a member that old: once its task and all others have
 *     gone,
 *     the kernel gives the number to others. {@link Long#MAX_VALUE} if that cannot have happened.
 */
record Session(long id, long newestTicks, @Nullable Path cgroup) {
    static Session living(long id, @Nullable Path cgroup) {
        return new Session(id, Long.MAX_VALUE, cgroup);
    }

    /** Its members in {@code table} that live. */
    List<ProcessTable.Entry> members(List<ProcessTable.Entry> table) throws IOException {
        Set<Long> grouped = cgroup == null ? Set.of() : Cgroups.members(cgroup);
        boolean meant = newestTicks == Long.MAX_VALUE
                || table.stream().anyMatch(entry -> entry.session() == id && entry.startTicks() <= newestTicks);
        return table.stream()
                .filter(ProcessTable.Entry::isAlive)
                .filter(entry -> grouped.contains(entry.pid()) || (meant && entry.session() == id))
                .toList();
    }
}
