package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.isolator.Cage;

/**
 * The processes of one container: those of its session, and those of its cgroups where it has any, which also hold who
 * made a session of its own.
 *
 * @param id the pid of the session's leader: the task, or its supervisor in a pid namespace of their own
 * @param newestTicks the session is the one meant only if it has a member that old: once its task and all others have
 *     gone,
 *     the kernel gives the number to others. {@link Long#MAX_VALUE} if that cannot have happened.
 * @param spared a pid that is in the session and none of the container's: its supervisor's; 0 if there is none
 */
record Session(long id, long newestTicks, Cage cage, long spared) {
    private static final long NOBODY = 0;

    /** All of the session that {@code id} leads. */
    static Session living(long id, Cage cage) {
        return new Session(id, Long.MAX_VALUE, cage, NOBODY);
    }

    /** Of a task whose supervisor lives. */
    static Session living(ContainerDirectory.Spec spec, Started task, long supervisor) {
        return of(spec, task, supervisor, Long.MAX_VALUE);
    }

    /** Of a task whose supervisor may be gone, and with it all that says whose the session is. */
    static Session of(ContainerDirectory.Spec spec, Started task, long supervisor, long newestTicks) {
        return switch (spec.leader()) {
            case TASK -> new Session(task.pid(), newestTicks, spec.cage(), NOBODY);
            case SUPERVISOR -> new Session(supervisor, newestTicks, spec.cage(), supervisor);
        };
    }

    /** Its members in {@code table} that live. */
    List<ProcessTable.Entry> members(List<ProcessTable.Entry> table) throws IOException {
        Set<Long> grouped = cage.members();
        boolean meant = newestTicks == Long.MAX_VALUE
                || table.stream().anyMatch(entry -> entry.session() == id && entry.startTicks() <= newestTicks);
        return table.stream()
                .filter(ProcessTable.Entry::isAlive)
                .filter(entry -> entry.pid() != spared)
                .filter(entry -> grouped.contains(entry.pid()) || (meant && entry.session() == id))
                .toList();
    }
}
