package org.nucleus.benchmarks.swarm;

/** A way of calls to a master. */
interface Calls {
    /** @param streamId of the stream that the call belongs to */
    void send(String streamId, byte[] call);
}
