package org.nucleus.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    private final BlockingQueue<String> fired = new LinkedBlockingQueue<>();
    private final TimerQueue<String> timers = new TimerQueue<>("under-test", InstantSource.system(), fired::add);

    @BeforeEach
    void start() {
        timers.start();
    }

    @AfterEach
    void stop() {
        timers.close();
    }

    @Test
    void firesInTheOrderOfTheirTimes() throws Exception {
        Instant now = Instant.now();
        timers.wake("later", now.plusMillis(60));
        timers.wake("sooner", now.plusMillis(20));
        timers.wake("at once", now.minusSeconds(5));
        assertThat(List.of(next(), next(), next())).containsExactly("at once", "sooner", "later");
    }

    @Test
    void aLaterCallReplacesAKeysAlarm() throws Exception {
        Instant now = Instant.now();
        timers.wake("key", now.plus(Duration.ofDays(400_000)));
        timers.wake("key", now.plusMillis(10));
        assertThat(next()).isEqualTo("key");
        timers.wake("end", Instant.now());
        assertThat(next()).isEqualTo("end");
    }

    @Test
    void aCancelledAlarmStaysSilent() throws Exception {
        Instant now = Instant.now();
        timers.wake("cancelled", now.plusMillis(20));
        timers.cancel("cancelled");
        timers.wake("end", now.plusMillis(40));
        assertThat(next()).isEqualTo("end");
    }

    private String next() throws InterruptedException {
        return fired.poll(10, TimeUnit.SECONDS);
    }
}
