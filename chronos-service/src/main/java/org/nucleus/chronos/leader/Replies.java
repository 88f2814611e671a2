package org.nucleus.chronos.leader;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.nucleus.chronos.core.state.Answer;

/** Callers who wait for the core's answer. */
final class Replies {
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();

    record Ticket(long request, CompletableFuture<Answer> answer) {}

    Ticket open() {
        Ticket ticket = new Ticket(last.incrementAndGet(), new CompletableFuture<>());
        waiting.put(ticket.request(), ticket.answer());
        return ticket;
    }

    void give(long request, Answer answer) {
        CompletableFuture<Answer> caller = waiting.get(request);
        if (caller != null) {
            caller.complete(answer);
        }
    }

    void close(Ticket ticket) {
        waiting.remove(ticket.request());
    }
}
