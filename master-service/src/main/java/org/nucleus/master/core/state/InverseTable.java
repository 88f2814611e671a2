package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.InverseOffer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.master.InverseOfferStatus;

/**
 * The outstanding inverse offers, at most one for a framework on an agent, and what frameworks answered. Read by all
 * rules; changed by {@link MasterState} alone.
 */
public final class InverseTable {
    private final SequencedMap<OfferId, InverseOffer> outstanding = new LinkedHashMap<>();
    private final SequencedMap<AgentId, SequencedMap<FrameworkId, Answer>> answers = new LinkedHashMap<>();

    /** @param until when the framework may be asked again */
    private record Answer(InverseOfferStatus status, Instant until) {}

    public @Nullable InverseOffer get(OfferId id) {
        return outstanding.get(id);
    }

    public SequencedCollection<InverseOffer> all() {
        return Collections.unmodifiableSequencedCollection(outstanding.sequencedValues());
    }

    public List<InverseOffer> on(AgentId agent) {
        return outstanding.values().stream()
                .filter(offer -> agent.equals(offer.agentId()))
                .toList();
    }

    public List<InverseOffer> of(FrameworkId framework) {
        return outstanding.values().stream()
                .filter(offer -> offer.frameworkId().equals(framework))
                .toList();
    }

    /** Whether {@code framework} has been asked about {@code agent}, and needn't be asked again now. */
    public boolean isAsked(FrameworkId framework, AgentId agent, Instant now) {
        for (InverseOffer offer : outstanding.values()) {
            if (offer.frameworkId().equals(framework) && agent.equals(offer.agentId())) {
                return true;
            }
        }
        SequencedMap<FrameworkId, Answer> ofAgent = answers.get(agent);
        Answer answer = ofAgent == null ? null : ofAgent.get(framework);
        return answer != null && answer.until().isAfter(now);
    }

    /** What frameworks last answered about {@code agent}. */
    public List<InverseOfferStatus> answers(AgentId agent) {
        SequencedMap<FrameworkId, Answer> ofAgent = answers.get(agent);
        return ofAgent == null
                ? List.of()
                : ofAgent.values().stream().map(Answer::status).toList();
    }

    void add(InverseOffer offer) {
        outstanding.put(offer.id(), offer);
    }

    void remove(OfferId id) {
        outstanding.remove(id);
    }

    void answer(AgentId agent, InverseOfferStatus status, Instant until) {
        answers.computeIfAbsent(agent, _ -> new LinkedHashMap<>()).put(status.frameworkId(), new Answer(status, until));
    }

    /** The framework may be asked again at once; what it answered stays. */
    void clearFilters(FrameworkId framework) {
        answers.values()
                .forEach(ofAgent ->
                        ofAgent.computeIfPresent(framework, (_, answer) -> new Answer(answer.status(), Instant.MIN)));
    }

    void forget(AgentId agent) {
        answers.remove(agent);
        outstanding.values().removeIf(offer -> agent.equals(offer.agentId()));
    }

    void forget(FrameworkId framework) {
        answers.values().forEach(ofAgent -> ofAgent.remove(framework));
        outstanding.values().removeIf(offer -> offer.frameworkId().equals(framework));
    }
}
