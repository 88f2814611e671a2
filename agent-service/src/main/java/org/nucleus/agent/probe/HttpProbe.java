package org.nucleus.agent.probe;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.nucleus.agent.core.state.Probe;
import org.nucleus.agent.core.state.ProbeResult;
import org.nucleus.wire.NetworkInfo;

/**
 * Gets a page on a connection of its own, follows redirections and believes any certificate, as the original's
 * {@code curl -L -k} does. The body is read and dropped within the timeout.
 */
final class HttpProbe {
    private final SSLContext credulous = credulous();

    ProbeResult ask(Probe.Http probe, Duration timeout) throws InterruptedException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(address(probe)).build();
        } catch (IllegalArgumentException e) {
            return new ProbeResult.Failed(String.valueOf(e.getMessage()));
        }
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .sslContext(credulous)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        try {
            CompletableFuture<ProbeResult> answer = http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .thenApply(response -> new ProbeResult.Answered(response.statusCode()));
            return new Patience(timeout).await(answer, "HTTP request");
        } finally {
            http.shutdownNow();
        }
    }

    private static URI address(Probe.Http probe) {
        String host = probe.protocol() == NetworkInfo.Protocol.IPv6 ? "[::1]" : "127.0.0.1";
        return URI.create(probe.scheme() + "://" + host + ":" + probe.port() + probe.path());
    }

    private static SSLContext credulous() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Credulous()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has TLS
        }
    }
}
