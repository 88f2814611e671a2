package org.nucleus.master.core.state;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;

/**
 * What a framework uses and is offered, agent by agent: a port or a disk of one agent is not that of another, so what
 * many agents hold can be shown as one sum but not counted down from it.
 */
final class UsageByAgent {
    private final SequencedMap<AgentId, Usage> byAgent = new LinkedHashMap<>();

    Resources used() {
        return sum(Usage::used);
    }

    Resources offered() {
        return sum(Usage::offered);
    }

    void use(AgentId agent, Resources more) {
        on(agent).use(more);
    }

    void release(AgentId agent, Resources less) {
        on(agent).release(less);
        forgetIfIdle(agent);
    }

    void offer(AgentId agent, Resources more) {
        on(agent).offer(more);
    }

    void takeBack(AgentId agent, Resources less) {
        on(agent).takeBack(less);
        forgetIfIdle(agent);
    }

    private Usage on(AgentId agent) {
        return byAgent.computeIfAbsent(agent, _ -> new Usage());
    }

    private void forgetIfIdle(AgentId agent) {
        Usage usage = byAgent.get(agent);
        if (usage != null && usage.used().isEmpty() && usage.offered().isEmpty()) {
            byAgent.remove(agent);
        }
    }

    private Resources sum(Function<Usage, Resources> part) {
        return Resources.sum(byAgent.sequencedValues().stream().map(part).toList());
    }
}
