package org.apache.mesos.state;

/**
 * A value of a {@link State} as of when it was fetched or stored: storing a later value succeeds only if nobody else
 * has stored one since. Immutable.
 */
public class Variable {
    protected Variable() {}

    public byte[] value() {
        throw new UnsupportedOperationException("A variable comes from a State");
    }

    /** This variable with another value, yet to be stored. */
    public Variable mutate(byte[] value) {
        throw new UnsupportedOperationException("A variable comes from a State");
    }
}
