package org.nucleus.master.core.state;

/** What rules answer to calls. */
public final class Answers {
    private Answers() {}

    public static Effect.Reply accepted(Ticket ticket) {
        return new Effect.Reply(ticket, Outcome.ACCEPTED, "");
    }

    public static Effect.Reply ok(Ticket ticket) {
        return new Effect.Reply(ticket, Outcome.OK, "");
    }

    public static Effect.Reply invalid(Ticket ticket, String message) {
        return new Effect.Reply(ticket, Outcome.INVALID, message);
    }

    public static Effect.Reply forbidden(Ticket ticket, String message) {
        return new Effect.Reply(ticket, Outcome.FORBIDDEN, message);
    }
}
