package org.nucleus.master.core.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Operation;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.Uuid;

/**
 * The operations with feedback whose end is not acknowledged; all others are over when they are sent. Read by all
 * rules; changed by {@link MasterState} alone.
 */
public final class OperationTable {
    private final SequencedMap<Uuid, Operation> known = new LinkedHashMap<>();
    private long numbered;

    public @Nullable Operation get(Uuid uuid) {
        return known.get(uuid);
    }

    /** The operation that the framework knows under {@code id}. */
    public @Nullable Operation get(FrameworkId framework, OperationId id) {
        return known.values().stream()
                .filter(each -> framework.equals(each.frameworkId())
                        && id.equals(each.info().id()))
                .findFirst()
                .orElse(null);
    }

    public SequencedCollection<Operation> all() {
        return Collections.unmodifiableSequencedCollection(known.sequencedValues());
    }

    public List<Operation> on(AgentId agent) {
        return known.values().stream()
                .filter(each -> agent.equals(each.agentId()))
                .toList();
    }

    public List<Operation> of(FrameworkId framework) {
        return known.values().stream()
                .filter(each -> framework.equals(each.frameworkId()))
                .toList();
    }

    /** How many operations were sent in this term: the next one's number. */
    public long numbered() {
        return numbered;
    }

    void count() {
        numbered++;
    }

    void keep(Operation operation) {
        known.put(operation.uuid(), operation);
    }

    void forget(Uuid uuid) {
        known.remove(uuid);
    }

    void forget(FrameworkId framework) {
        known.values().removeIf(each -> framework.equals(each.frameworkId()));
    }
}
