package org.nucleus.master.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.nucleus.master.core.state.Effect.Reply;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.master.election.Mailbox;

/** Calls that wait for the machine's answer. Thread-safe. */
public final class Replies {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The ticket of an input whose answer was given before: its reply is dropped. */
    private static final Ticket ANSWERED = new Ticket(0);

    private final AtomicLong tickets = new AtomicLong();
    private final Map<Ticket, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();

    /**
     * Puts the input that {@code input} makes of a new ticket in the mailbox, and waits for its reply.
     *
     * @return empty if the machine is too busy: nothing is known about the call then
     */
    public Optional<Reply> ask(Mailbox mailbox, Function<Ticket, MasterInput> input) {
        Ticket ticket = new Ticket(tickets.incrementAndGet());
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        waiting.put(ticket, reply);
        try {
            return mailbox.offer(input.apply(ticket))
                    ? Optional.of(reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reply is never an exception", e);
        } finally {
            waiting.remove(ticket);
        }
    }

    /**
     * Puts the input in the mailbox of a call that is sure to be heard, for which being in the mailbox is the answer.
     *
     * @return false if the machine is too busy
     */
    public boolean tell(Mailbox mailbox, Function<Ticket, MasterInput> input) {
        return mailbox.offer(input.apply(ANSWERED));
    }

    /** The same, waiting for room in the mailbox. */
    public void put(Mailbox mailbox, Function<Ticket, MasterInput> input) throws InterruptedException {
        mailbox.put(input.apply(ANSWERED));
    }

    public void complete(Reply reply) {
        if (reply.ticket().equals(ANSWERED)) {
            return;
        }
        CompletableFuture<Reply> future = waiting.get(reply.ticket());
        if (future != null) {
            future.complete(reply);
        }
    }

    /** How many calls wait. */
    public int waiting() {
        return waiting.size();
    }
}
