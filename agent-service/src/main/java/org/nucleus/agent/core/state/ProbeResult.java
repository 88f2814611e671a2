package org.nucleus.agent.core.state;

/** What came of a {@link Probe}. */
public sealed interface ProbeResult {
    /** The command exited by itself. */
    record Exited(int status) implements ProbeResult {}

    /** The last answer's status code. */
    record Answered(int status) implements ProbeResult {}

    record Connected(boolean succeeded) implements ProbeResult {}

    /** There was no answer: it took too long, could not be asked, or broke off. */
    record Failed(String reason) implements ProbeResult {}
}
