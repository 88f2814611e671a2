package org.nucleus.agent.fetcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * HTTP downloads of bounded size that may be slow, but not still. Redirects lead to HTTP only, and never from https
 * away.
 */
final class Download {
    private static final int CHUNK = 64 * 1024;
    private static final int OK = 200;

    private final long mostBytes;
    private final Duration stallTimeout;
    private final HttpClient client;

    Download(long mostBytes, Duration stallTimeout) {
        this.mostBytes = mostBytes;
        this.stallTimeout = stallTimeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(stallTimeout)
                .build();
    }

    void bring(URI uri, Path target) throws IOException {
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new FetchFailed("it needs a host, and must not carry a user or password");
        }
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(stallTimeout).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != OK) {
                    throw new FetchFailed("the server answered " + response.statusCode());
                }
                save(body, response.headers().firstValueAsLong("Content-Length").orElse(-1), target);
            }
        } catch (HttpTimeoutException e) {
            throw new FetchFailed("nothing came for " + stallTimeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FetchFailed("it was interrupted", e);
        }
    }

    private void save(InputStream body, long expected, Path target) throws IOException {
        if (expected > mostBytes) {
            throw tooLarge();
        }
        Semaphore progress = new Semaphore(0);
        AtomicBoolean stalled = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().start(() -> closeWhenStalled(body, progress, stalled));
        try (OutputStream file = Files.newOutputStream(target)) {
            byte[] chunk = new byte[CHUNK];
            long total = 0;
            for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
                total += count;
                if (total > mostBytes) {
                    throw tooLarge();
                }
                file.write(chunk, 0, count);
                progress.release();
            }
        } catch (IOException e) {
            throw stalled.get() ? new FetchFailed("nothing came for " + stallTimeout, e) : e;
        } finally {
            watch.interrupt();
        }
        if (stalled.get()) {
            throw new FetchFailed("nothing came for " + stallTimeout);
        }
    }

    private void closeWhenStalled(InputStream body, Semaphore progress, AtomicBoolean stalled) {
        try {
            while (progress.tryAcquire(stallTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                progress.drainPermits();
            }
            stalled.set(true);
            body.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The reader meets the same broken stream, and reports it.
            stalled.set(true);
        }
    }

    private FetchFailed tooLarge() {
        return new FetchFailed("it is larger than " + mostBytes + " bytes");
    }
}
