package org.nucleus.agent.executorlink;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.service.stream.EventStream;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.executor.Event;

/** The open calls and streams of executors, by number. Thread-safe. */
public final class ExecutorLinks {
    public static final String PATH = "/api/v1/executor";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Predicate<AgentInput> mailbox;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Effect.AnswerExecutor>> waiting = new ConcurrentHashMap<>();
    private final Map<Long, Peer> streams = new ConcurrentHashMap<>();

    /** A stream and the way it is written. */
    private record Peer(EventStream stream, Encoding encoding) {}

    /** @param mailbox false if it takes no input now */
    public ExecutorLinks(Predicate<AgentInput> mailbox) {
        this.mailbox = mailbox;
    }

    /**
     * Puts the input that {@code input} makes of a new ticket in the mailbox, and waits for the answer.
     *
     * @return empty if the agent does not work yet, or is too busy: nothing is known about the call then
     */
    public Optional<Effect.AnswerExecutor> ask(LongFunction<AgentInput> input) throws InterruptedException {
        long ticket = numbers.incrementAndGet();
        CompletableFuture<Effect.AnswerExecutor> answer = new CompletableFuture<>();
        waiting.put(ticket, answer);
        try {
            return mailbox.test(input.apply(ticket))
                    ? Optional.of(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is never an exception", e);
        } finally {
            waiting.remove(ticket);
        }
    }

    public void answer(Effect.AnswerExecutor answer) {
        CompletableFuture<Effect.AnswerExecutor> asked = waiting.get(answer.ticket());
        if (asked != null) {
            asked.complete(answer);
        }
    }

    /** @return the stream's number */
    public long open(EventStream stream, Encoding encoding) {
        long number = numbers.incrementAndGet();
        streams.put(number, new Peer(stream, encoding));
        return number;
    }

    public void tell(long number, Event event) {
        Peer peer = streams.get(number);
        if (peer != null) {
            peer.stream().offer(() -> RecordIo.frame(peer.encoding().encode(event)));
        }
    }

    public void close(long number, String reason) {
        Peer peer = streams.remove(number);
        if (peer != null) {
            peer.stream().close(reason);
        }
    }

    /** The stream's end is known: nothing is sent any more. */
    public void forget(long number) {
        streams.remove(number);
    }
}
