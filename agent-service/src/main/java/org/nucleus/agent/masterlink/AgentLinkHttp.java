package org.nucleus.agent.masterlink;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.nucleus.access.HttpLogin;
import org.nucleus.detection.MasterDetector.Leader;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.codec.JsonCodec;

/** The two requests of one connection: SUBSCRIBE, followed to the leader, and the one that carries the calls. */
final class AgentLinkHttp {
    static final String PATH = "/agentlink/v1";

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int REDIRECTS_MOST = 5;
    private static final int TEXT_MOST = 4 * 1024;
    private static final String STREAM_ID = "Mesos-Stream-Id";

    private final HttpClient http;
    private final Optional<HttpLogin> login;

    AgentLinkHttp(HttpClient http, Optional<HttpLogin> login) {
        this.http = http;
        this.login = login;
    }

    /** The events of a stream, and where its calls go. */
    record Stream(URI target, String id, InputStream events) {}

    Stream subscribe(Leader leader, AgentCall subscribe) throws IOException, InterruptedException {
        URI target = leader.uri(PATH);
        boolean loggedInAnew = false;
        for (int redirects = 0; redirects <= REDIRECTS_MOST; redirects++) {
            HttpResponse<InputStream> answer = send(target, subscribe);
            if (answer.statusCode() == 200) {
                return new Stream(target, streamId(answer), answer.body());
            }
            String text = text(answer);
            Optional<String> location = answer.headers().firstValue("Location");
            if (answer.statusCode() == 307 && location.isPresent()) {
                target = target.resolve(location.get());
            } else if (answer.statusCode() == 401 && login.isPresent() && !loggedInAnew) {
                loggedInAnew = true;
                login.get().forget(target);
            } else {
                throw new IOException(
                        target.getAuthority() + " answered SUBSCRIBE with " + answer.statusCode() + " " + text);
            }
        }
        throw new IOException("Redirected more than " + REDIRECTS_MOST + " times");
    }

    /**
     * Opens the request that carries the calls of {@code stream}, records one after the other, until {@code calls} closes
     * or the master refuses one. Completes with the reason why it ended.
     */
    CompletableFuture<String> sendCalls(Stream stream, Flow.Publisher<ByteBuffer> calls)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(stream.target())
                .header("Content-Type", "application/recordio")
                .header("Message-Content-Type", "application/json")
                .header(STREAM_ID, stream.id())
                .POST(HttpRequest.BodyPublishers.fromPublisher(calls));
        if (login.isPresent()) {
            request.header("Authorization", login.get().authorization(stream.target()));
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .handle((answer, failure) -> {
                    if (failure != null) {
                        return "The master takes no more calls: " + failure.getMessage();
                    }
                    if (answer.statusCode() == 401) {
                        login.ifPresent(known -> known.forget(stream.target()));
                    }
                    return "The master answered a call with " + answer.statusCode() + " " + answer.body();
                });
    }

    private HttpResponse<InputStream> send(URI target, AgentCall call) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonCodec.v1().encode(call)));
        if (login.isPresent()) {
            request.header("Authorization", login.get().authorization(target));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String streamId(HttpResponse<InputStream> answer) throws IOException {
        Optional<String> id = answer.headers().firstValue(STREAM_ID);
        if (id.isEmpty()) {
            answer.body().close();
            throw new IOException("The master gave no " + STREAM_ID);
        }
        return id.get();
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return new String(body.readNBytes(TEXT_MOST), StandardCharsets.UTF_8).strip();
        }
    }
}
