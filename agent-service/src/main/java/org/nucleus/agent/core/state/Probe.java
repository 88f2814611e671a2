package org.nucleus.agent.core.state;

import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.NetworkInfo;

/** A question to a running task, asked on the machine it runs on. */
public sealed interface Probe {
    /** Runs in the task's sandbox, with its environment and as its user. */
    record Command(CommandInfo command) implements Probe {}

    /** GET to the loopback address, following redirections; {@code path} may be empty. */
    record Http(String scheme, NetworkInfo.Protocol protocol, int port, String path) implements Probe {}

    /** Connects to the loopback address. */
    record Tcp(NetworkInfo.Protocol protocol, int port) implements Probe {}
}
