package org.nucleus.agent;

import org.springframework.context.annotation.Import;

/** The agent as a process of its own, which SIGUSR1 ends together with its tasks. */
@Import({AgentApplication.class, EndSignal.class})
class AgentAlone {}
