package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;

/** Which agents the next allocation looks at, and which alarms are set. Changed by {@link MasterState} alone. */
public final class Allocation {
    private final SequencedSet<AgentId> wanted = new LinkedHashSet<>();
    private final SequencedMap<WakeKey, Instant> alarms = new LinkedHashMap<>();
    private boolean all;
    private boolean postponed;
    private Instant nextRemoval = Instant.MIN;

    public boolean isWanted() {
        return all || !wanted.isEmpty();
    }

    public boolean wantsAll() {
        return all || postponed;
    }

    /** When the next silent agent may be given up. */
    public Instant nextRemoval() {
        return nextRemoval;
    }

    /** The agents to look at, unless it is all. */
    public List<AgentId> wanted() {
        return List.copyOf(wanted);
    }

    public @Nullable Instant alarm(WakeKey key) {
        return alarms.get(key);
    }

    void want(@Nullable AgentId agent) {
        if (agent == null) {
            all = true;
        } else {
            wanted.add(agent);
        }
    }

    void setAlarm(WakeKey key, Instant due) {
        alarms.put(key, due);
    }

    void clearAlarm(WakeKey key) {
        alarms.remove(key);
    }

    void scheduleRemoval(Instant next) {
        nextRemoval = next;
    }

    void postpone() {
        done();
        postponed = true;
    }

    void done() {
        all = false;
        postponed = false;
        wanted.clear();
    }
}
