package org.nucleus.master.api.agentlink;

import org.nucleus.master.api.PeerStreams;

/** The streams of agents, told apart from those of schedulers. */
public record AgentStreams(PeerStreams peers) {}
