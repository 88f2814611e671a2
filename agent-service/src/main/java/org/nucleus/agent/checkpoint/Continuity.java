package org.nucleus.agent.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nucleus.agent.checkpoint.AgentFacts.Facts;
import org.nucleus.agent.core.state.Change;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an agent that starts is still the one that was: what it says of itself may have changed only as the policy
 * allows. After a reboot of the machine nothing of it runs any more, so that it may then become a new agent.
 *
 * @param anyPort whether the machine chose the port, which then says nothing
 */
public record Continuity(AgentFacts facts, Reconfiguration policy, boolean anyPort) {
    private static final Logger log = LoggerFactory.getLogger(Continuity.class);

    /** The agent is another than it was. */
    public static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(String objection) {
            super("The agent is not the one it was: " + objection
                    + ". Start it as before, with --reconfiguration_policy=additive if it only has more, or once with"
                    + " --recover=cleanup, which ends its tasks and makes it a new agent.");
        }
    }

    /**
     * Keeps {@code now} for the next start. Of an agent that was never admitted there is nothing to keep to.
     *
     * @throws Broken naming the difference
     */
    public void check(CheckpointJournal journal, AgentInfo now) throws IOException {
        AgentInfo said = comparable(now);
        String boot = AgentFacts.bootId();
        Optional<Facts> before = journal.isAdmitted() ? facts.read() : Optional.empty();
        Optional<String> objection = before.flatMap(known -> policy.objection(known.info(), said));
        if (objection.isPresent()) {
            if (before.orElseThrow().bootId().equals(boot)) {
                throw new Broken(objection.get());
            }
            log.atWarn()
                    .addKeyValue("difference", objection.get())
                    .log("The machine was restarted with other facts: starting as a new agent");
            journal.commit(List.of(new Change.AgentCleared()));
        }
        facts.write(new Facts(boot, said));
    }

    /** What is offered beyond what there is may change at any time: nothing relies on it. */
    private AgentInfo comparable(AgentInfo info) {
        return new AgentInfo(
                info.hostname(),
                anyPort ? 0 : info.port(),
                Resources.of(info.resources()).nonRevocable().toList(),
                info.attributes(),
                null,
                info.domain());
    }
}
