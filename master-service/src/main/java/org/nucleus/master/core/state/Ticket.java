package org.nucleus.master.core.state;

/** What a call that waits for its result carries in, and its {@link Effect.Reply} carries out. Chosen by the edge. */
public record Ticket(long number) {
    @Override
    public String toString() {
        return "#" + number;
    }
}
