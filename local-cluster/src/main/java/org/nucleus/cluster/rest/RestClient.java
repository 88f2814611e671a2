package org.nucleus.cluster.rest;

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
import org.nucleus.cluster.Secrets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks JSON with the services' REST interfaces as the cluster's principal, and follows to leaders. */
public final class RestClient implements AutoCloseable {
    private static final Duration MOST_TIME = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String authorization;

    public RestClient(Secrets secrets) {
        this(secrets.principal(), secrets.secret());
    }

    public RestClient(String principal, String secret) {
        byte[] pair = (principal + ":" + secret).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** What came back; the body may be of any kind. */
    public record Answer(int status, String body) {
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The body as JSON, if it is. */
        public Optional<JsonNode> json() {
            try {
                return Optional.of(JsonMapper.shared().readTree(body));
            } catch (JacksonException notJson) {
                return Optional.empty();
            }
        }
    }

    /** The JSON behind the address, or nothing while nobody answers with success. */
    public Optional<JsonNode> get(URI address) {
        return tried("GET", address, null).filter(Answer::isSuccess).flatMap(Answer::json);
    }

    /** One request whose body, if any, is JSON; nothing if nobody answered. */
    public Optional<Answer> tried(String method, URI address, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(MOST_TIME)
                .header("Authorization", authorization)
                .header("Accept", "application/json");
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return Optional.of(new Answer(response.statusCode(), response.body()));
        } catch (IOException nobodyAnswers) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
