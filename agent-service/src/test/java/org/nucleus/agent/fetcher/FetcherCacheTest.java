package org.nucleus.agent.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.wire.CommandInfo;

class FetcherCacheTest {
    private static final int THOUSAND = 1000;

    @TempDir
    Path work;

    private final AtomicInteger brought = new AtomicInteger();
    private FetcherCache cache;

    @BeforeEach
    void open() throws IOException {
        cache = new FetcherCache(work.resolve("cache"), 3 * THOUSAND);
    }

    @Test
    void whatWasBroughtOnceIsThere() throws IOException {
        assertThat(bring("u", "a", THOUSAND)).isFalse();
        assertThat(bring("u", "a", THOUSAND)).isTrue();
        assertThat(bring("v", "a", THOUSAND)).as("another user's").isFalse();
        assertThat(brought).hasValue(2);
        assertThat(cache.bytes()).isEqualTo(2 * THOUSAND);
    }

    @Test
    void theLongestNotUsedGoesWhenThereIsNoRoom() throws IOException {
        for (String uri : List.of("a", "b", "c", "a", "d")) {
            bring("u", uri, THOUSAND);
        }
        assertThat(cache.bytes()).isEqualTo(3 * THOUSAND);
        assertThat(bring("u", "a", THOUSAND)).isTrue();
        assertThat(bring("u", "b", THOUSAND)).isFalse();
        try (var files = Files.list(work.resolve("cache"))) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void whatDoesNotFitIsBroughtAndNotKept() throws IOException {
        bring("u", "a", THOUSAND);
        assertThat(bring("u", "large", 4 * THOUSAND)).isFalse();
        assertThat(bring("u", "large", 4 * THOUSAND)).isFalse();
        assertThat(bring("u", "a", THOUSAND)).isTrue();
    }

    @Test
    void manyWhoWantTheSameBringItOnce() throws InterruptedException, ExecutionException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Path target = work.resolve("target" + i);
                all.add(threads.submit(() -> cache.bring(
                        new FetcherCache.Key("u", "a"),
                        file -> {
                            begun.countDown();
                            awaitQuietly(go);
                            content(file, THOUSAND);
                        },
                        target)));
            }
            begun.await();
            go.countDown();
            int hits = 0;
            for (Future<Boolean> each : all) {
                hits += each.get() ? 1 : 0;
            }
            assertThat(hits).isEqualTo(19);
        }
        assertThat(brought).hasValue(1);
        assertThat(work.resolve("target7")).hasSize(THOUSAND);
    }

    @Test
    void afterAFailureTheNextTriesItself() throws IOException {
        assertThatThrownBy(() -> cache.bring(
                        new FetcherCache.Key("u", "a"),
                        _ -> {
                            throw new FetchFailed("no");
                        },
                        work.resolve("t")))
                .hasMessage("no");
        assertThat(bring("u", "a", THOUSAND)).isFalse();
        assertThat(bring("u", "a", THOUSAND)).isTrue();
        assertThat(cache.bytes()).isEqualTo(THOUSAND);
    }

    @Test
    void aCachedArchiveIsExtractedAndNotKeptInTheSandbox() throws IOException {
        Path archive =
                ArchiveBuilder.tar(work.resolve("a.tar")).entries("file inside").close();
        for (String name : List.of("one", "two")) {
            Path sandbox = Files.createDirectory(work.resolve(name));
            fetch(sandbox, uri(archive.toString()).cache(true).build());
            assertThat(sandbox.resolve("inside")).hasContent("content");
            assertThat(sandbox.resolve("a.tar")).doesNotExist();
        }
        assertThat(work.resolve("two/stderr")).content().contains("from the cache");
    }

    @Test
    void aChecksumMustBeThatOfTheContent() throws IOException {
        Path file = Files.writeString(work.resolve("hello"), "hello");
        Path sandbox = Files.createDirectory(work.resolve("sandbox"));
        String right = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        fetch(sandbox, uri(file + "#sha256=" + right).build());
        assertThat(sandbox.resolve("hello")).hasContent("hello");

        assertThatThrownBy(() -> fetch(
                        sandbox,
                        uri(file + "#sha256=" + right.replace('2', '3')).build()))
                .hasMessageContaining("its SHA-256 is " + right);
        assertThatThrownBy(() -> fetch(sandbox, uri(file + "#sha256=12").build()))
                .hasMessageContaining("must have 64 digits");
    }

    private void fetch(Path sandbox, CommandInfo.Uri uri) throws IOException {
        new Fetcher(Fetcher.Settings.defaults(), InstantSource.system(), cache)
                .fetch(new Fetcher.Request("c", List.of(uri), sandbox, LocalFiles.own(), ""));
    }

    private static CommandInfo.Uri.Builder uri(String value) {
        return CommandInfo.Uri.builder().value(value);
    }

    private boolean bring(String user, String uri, int size) throws IOException {
        return cache.bring(new FetcherCache.Key(user, uri), file -> content(file, size), work.resolve("target"));
    }

    private void content(Path file, int size) throws IOException {
        brought.incrementAndGet();
        Files.write(file, new byte[size]);
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
