package org.nucleus.master.api.scheduler;

import org.nucleus.master.api.PeerStreams;

/** The streams of schedulers, told apart from those of agents. */
public record SchedulerStreams(PeerStreams peers) {}
