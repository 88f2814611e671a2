package org.nucleus.scheduler;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.nucleus.access.Credential;
import org.nucleus.access.HttpLogin;
import org.nucleus.access.LoginRefused;
import org.nucleus.access.Mechanism;
import org.nucleus.detection.MasterDetector.Leader;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.scheduler.Call;

/** The HTTP of a framework: opens subscriptions, following redirects to the leader, and posts calls. */
final class MasterConnector implements AutoCloseable {
    static final String PATH = "/api/v1/scheduler";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int REDIRECTS_MOST = 5;
    private static final int TEXT_MOST = 64 * 1024;
    private static final String STREAM_ID = "Mesos-Stream-Id";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final Optional<HttpLogin> login;

    MasterConnector(Optional<Credential> credential, Mechanism mechanism) {
        this.login = credential.map(known -> new HttpLogin(http, known, mechanism));
    }

    /** The master answered with an error status. */
    static final class Refused extends Exception {
        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** Hears of calls that were refused. */
    interface OnRefused {
        void refused(int status, String message, Call call) throws InterruptedException;
    }

    Subscription subscribe(Leader master, Call call, OnRefused onRefused)
            throws IOException, InterruptedException, Refused {
        try {
            return follow(master, call, onRefused);
        } catch (LoginRefused e) {
            throw new Refused(401, String.valueOf(e.getMessage()));
        }
    }

    private Subscription follow(Leader master, Call call, OnRefused onRefused)
            throws IOException, InterruptedException, Refused {
        URI target = master.uri(PATH);
        boolean loggedInAnew = false;
        for (int redirects = 0; redirects <= REDIRECTS_MOST; redirects++) {
            HttpResponse<InputStream> answer =
                    http.send(request(target, call, Optional.empty()), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                return subscription(master, target, answer, onRefused);
            }
            String text = text(answer);
            Optional<String> location = answer.headers().firstValue("Location");
            if (answer.statusCode() == 307 && location.isPresent()) {
                target = target.resolve(location.get());
            } else if (answer.statusCode() == 401 && login.isPresent() && !loggedInAnew) {
                loggedInAnew = true;
                login.get().forget(target);
            } else {
                throw new Refused(answer.statusCode(), text);
            }
        }
        throw new IOException("Redirected more than " + REDIRECTS_MOST + " times");
    }

    private Subscription subscription(Leader master, URI target, HttpResponse<InputStream> answer, OnRefused onRefused)
            throws IOException {
        String streamId = answer.headers()
                .firstValue(STREAM_ID)
                .orElseThrow(() -> new IOException("The master gave no " + STREAM_ID));
        return new Subscription(master, answer.body(), call -> post(target, streamId, call, onRefused));
    }

    private void post(URI target, String streamId, Call call, OnRefused onRefused) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = send(target, streamId, call);
            if (answer.statusCode() == 401 && login.isPresent()) {
                text(answer);
                login.get().forget(target);
                answer = send(target, streamId, call);
            }
            String text = text(answer);
            if (answer.statusCode() >= 300) {
                onRefused.refused(answer.statusCode(), text, call);
            }
        } catch (IOException e) {
            onRefused.refused(0, e.toString(), call);
        }
    }

    private HttpResponse<InputStream> send(URI target, String streamId, Call call)
            throws IOException, InterruptedException {
        return http.send(request(target, call, Optional.of(streamId)), HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest request(URI target, Call call, Optional<String> streamId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonCodec.v1().encode(call)));
        streamId.ifPresent(id -> request.header(STREAM_ID, id));
        if (login.isPresent()) {
            request.header("Authorization", login.get().authorization(target));
        }
        return request.build();
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return new String(body.readNBytes(TEXT_MOST), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
