package org.nucleus.chronos.notice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Notice;
import tools.jackson.databind.node.ObjectNode;

/** Posts a JSON object; any answer but 2xx is a failure. */
final class HttpChannel implements Channel {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final String name;
    private final URI uri;
    private final @Nullable String authorization;
    private final Body body;

    /** What is posted. */
    interface Body {
        ObjectNode of(Notice notice, String subject, Optional<Job> job);
    }

    /** @param credentials {@code user:password}, if the other side wants them */
    HttpChannel(HttpClient client, String name, URI uri, @Nullable String credentials, Body body) {
        this.client = client;
        this.name = name;
        this.uri = uri;
        this.authorization = credentials == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        this.body = body;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void deliver(Notice notice, String subject, Optional<Job> job) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        body.of(notice, subject, job).toString()));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status < 200 || status > 299) {
            throw new IOException("The " + name + " endpoint answered " + status);
        }
    }
}
