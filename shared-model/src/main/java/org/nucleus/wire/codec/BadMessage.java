package org.nucleus.wire.codec;

/** A peer sent what isn't a message of the protocol. The text names the field at fault and may be shown to the peer. */
public final class BadMessage extends RuntimeException {
    private final String fault;
    private final String field;
    private final boolean malformed;

    public BadMessage(String fault) {
        this(fault, "", false);
    }

    private BadMessage(String fault, String field, boolean malformed) {
        super(field.isEmpty() ? fault : fault + ": " + field);
        this.fault = fault;
        this.field = field;
        this.malformed = malformed;
    }

    /** What isn't even of the encoding, such as JSON that is none. */
    static BadMessage malformed(String fault) {
        return new BadMessage(fault, "", true);
    }

    /** The same fault, seen from the message that contains {@code outer}. */
    BadMessage within(String outer) {
        return new BadMessage(fault, field.isEmpty() ? outer : outer + "." + field, malformed);
    }

    /** Whether it isn't even of the encoding, which the original's answers tell from a message with wrong fields. */
    public boolean isMalformed() {
        return malformed;
    }

    /** Where it is, such as {@code subscribe.framework_info.user}; empty for the message as a whole. */
    public String field() {
        return field;
    }
}
