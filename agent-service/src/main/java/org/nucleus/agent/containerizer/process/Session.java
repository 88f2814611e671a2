package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.nucleus.agent.containerizer.isolator.Cage;

/**
 * The processes of one container: those of its session, and those of its cgroups where it has any, which also hold who
 * made a session of its own.
 *
 * @param id the pid of the task, which leads the session
 * @param newestTicks the session is the one meant only if it has a member that old: once its task and all others have
 *     gone,
 *     the kernel gives the number to others. {@link Long#MAX_VALUE} if that cannot have happened.
 */
record Session(long id, long newestTicks, Cage cage) {
    static Session living(long id, Cage cage) {
        return new Session(id, Long.MAX_VALUE, cage);
    }

    /** Its members in {@code table} that live. */
    List<ProcessTable.Entry> members(List<ProcessTable.Entry> table) throws IOException {
        Set<Long> grouped = cage.members();
        boolean meant = newestTicks == Long.MAX_VALUE
                || table.stream().anyMatch(entry -> entry.session() == id && entry.startTicks() <= newestTicks);
        return table.stream()
                .filter(ProcessTable.Entry::isAlive)
                .filter(entry -> grouped.contains(entry.pid()) || (meant && entry.session() == id))
                .toList();
    }
}
