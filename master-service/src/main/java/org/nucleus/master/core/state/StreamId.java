package org.nucleus.master.core.state;

/** One connection's stream of events, as its {@code Mesos-Stream-Id} header names it. Chosen by the edge, used once. */
public record StreamId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
