package org.nucleus.marathon.term;

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
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.MarathonInput.Asked;

/** Clients' requests that wait for the machine's answer, which comes once all it speaks of is stored. */
public final class Questions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong tokens = new AtomicLong();
    private final Map<Long, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();

    /** The machine took no input, or gave no answer in time: whether anything happened is not known. */
    public static final class Unanswered extends RuntimeException {
        Unanswered(String message) {
            super(message);
        }
    }

    /** @throws Unanswered if this process doesn't lead, is too busy, or ends meanwhile */
    public Answer ask(Optional<Term> term, LongFunction<? extends Asked> question) {
        long token = tokens.incrementAndGet();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        open.put(token, answer);
        try {
            if (term.filter(leading -> leading.offer(question.apply(token))).isEmpty()) {
                throw new Unanswered("This Marathon doesn't lead or is too busy. Try again.");
            }
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("This Marathon is stopping.");
        } catch (TimeoutException | ExecutionException e) {
            throw new Unanswered("No answer within " + PATIENCE.toSeconds() + " s: the store may be away.");
        } finally {
            open.remove(token);
        }
    }

    public void answer(long token, Answer answer) {
        CompletableFuture<Answer> waiting = open.get(token);
        if (waiting != null) {
            waiting.complete(answer);
        }
    }
}
