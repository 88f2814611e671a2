package org.nucleus.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterTest {
    private static final Machine<Integer, String, String> DOUBLING = (now, input) -> {
        Invariant.check(input >= 0, "negative input", input);
        return new Step<>(List.of("change " + input), List.of("effect " + 2 * input));
    };

    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();
    private Writer<Integer, String, String> writer;

    @AfterEach
    void stop() {
        writer.close();
    }

    @Test
    void effectsLeaveOnlyAfterTheirChangesAreStored() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        start(changes -> happened.add("stored " + changes), effects -> {
            happened.add("sent " + effects);
            sent.countDown();
        });
        writer.offer(21);
        assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(happened).containsExactly("stored [change 21]", "sent [effect 42]");
    }

    @Test
    void aCommitThatFailsIsTriedAgainWhileNothingLeaves() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        start(
                changes -> {
                    happened.add("tried");
                    if (happened.size() < 3) {
                        throw new Journal.Unavailable("down", new RuntimeException());
                    }
                },
                effects -> {
                    happened.add("sent");
                    sent.countDown();
                });
        writer.offer(1);
        assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(happened).containsExactly("tried", "tried", "tried", "sent");
    }

    @Test
    void aDeposedWriterSendsNothingAndEnds() throws Exception {
        start(
                changes -> {
                    throw new Journal.Deposed("epoch 2 leads");
                },
                effects -> happened.add("sent"));
        writer.offer(1);
        assertThat(fatal.get(10, TimeUnit.SECONDS)).isInstanceOf(Journal.Deposed.class);
        assertThat(happened).isEmpty();
        assertThat(writer.offer(2)).isFalse();
    }

    @Test
    void aStoreThatStaysAwayIsFatalAfterItsBound() throws Exception {
        start(
                changes -> {
                    throw new Journal.Unavailable("down", new RuntimeException());
                },
                effects -> happened.add("sent"));
        writer.offer(1);
        assertThat(fatal.get(10, TimeUnit.SECONDS)).isInstanceOf(Journal.Unavailable.class);
        assertThat(happened).isEmpty();
    }

    @Test
    void aStepThatThrowsIsOurBugAndEndsTheWriter() throws Exception {
        start(changes -> happened.add("stored"), effects -> happened.add("sent"));
        writer.offer(-1);
        assertThat(fatal.get(10, TimeUnit.SECONDS)).isInstanceOf(Invariant.Violation.class);
        assertThat(happened).isEmpty();
    }

    @Test
    void aFullMailboxRefuses() {
        writer = new Writer<>(
                DOUBLING,
                changes -> {},
                effects -> {},
                (now, input, step) -> {},
                InstantSource.system(),
                new Writer.Settings("full", 1, 1, Duration.ofSeconds(1)),
                fatal::complete);
        assertThat(writer.offer(1)).isTrue();
        assertThat(writer.offer(2)).isFalse();
    }

    private void start(Journal<String> journal, Outbound<String> outbound) {
        writer = new Writer<>(
                DOUBLING,
                journal,
                outbound,
                (now, input, step) -> {},
                InstantSource.system(),
                new Writer.Settings("under-test", 16, 16, Duration.ofMillis(500)),
                fatal::complete);
        writer.start();
    }
}
