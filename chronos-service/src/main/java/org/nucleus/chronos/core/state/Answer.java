package org.nucleus.chronos.core.state;

/** What a caller hears. */
public sealed interface Answer {
    record Done() implements Answer {}

    /** A job was, or could not be, marked as successful. */
    record Marked(boolean known) implements Answer {}

    /** The call was refused; the sentence is for its sender. */
    record Refused(String message) implements Answer {}
}
