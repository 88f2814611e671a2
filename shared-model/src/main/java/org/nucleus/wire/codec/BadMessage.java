package org.nucleus.wire.codec;

/** A peer sent what isn't a message of the protocol. The text names the field at fault and may be shown to the peer. */
public final class BadMessage extends RuntimeException {
    private final String fault;
    private final String field;

    public BadMessage(String fault) {
        this(fault, "");
    }

    private BadMessage(String fault, String field) {
        super(field.isEmpty() ? fault : fault + ": " + field);
        this.fault = fault;
        this.field = field;
    }

    /** The same fault, seen from the message that contains {@code outer}. */
    BadMessage within(String outer) {
        return new BadMessage(fault, field.isEmpty() ? outer : outer + "." + field);
    }

    /** Where it is, such as {@code subscribe.framework_info.user}; empty for the message as a whole. */
    public String field() {
        return field;
    }
}
