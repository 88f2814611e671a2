package org.nucleus.conformance.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A server that is spoken to.
 *
 * @param address where it listens, {@code http://host:port}
 * @param credentials {@code principal:secret}, if it asks for any
 */
public record Peer(URI address, Optional<String> credentials) {
    public static final String JSON = "application/json";
    public static final String PROTOBUF = "application/x-protobuf";
    private static final Duration MOST_TIME = Duration.ofSeconds(120);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    public static Peer at(String hostAndPort) {
        return new Peer(URI.create("http://" + hostAndPort), Optional.empty());
    }

    /** The same server, spoken to by somebody else. */
    public Peer as(String principal, String secret) {
        return new Peer(address, Optional.of(principal + ":" + secret));
    }

    public Peer asNobody() {
        return new Peer(address, Optional.empty());
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** The JSON behind a path that must answer. */
    public JsonNode read(String path) {
        Reply reply = get(path);
        if (reply.status() != 200) {
            throw new AssertionError("GET " + path + " answered " + reply);
        }
        return reply.json();
    }

    public Reply post(String path, JsonNode body, String... headers) {
        return send("POST", path, bytes(body.toString()), with(headers, "Content-Type", JSON));
    }

    public Reply post(String path, String body, String... headers) {
        return send("POST", path, bytes(body), headers);
    }

    /** Posts what a page's form would: names and values in turn. */
    public Reply postForm(String path, String... fields) {
        String form = Stream.iterate(0, i -> i + 1 < fields.length, i -> i + 2)
                .map(i -> fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send("POST", path, bytes(form), "Content-Type", "application/x-www-form-urlencoded");
    }

    /** One request; headers as {@code name, value, …}. */
    public Reply send(String method, String path, byte @Nullable [] body, String... headers) {
        try {
            HttpRequest request =
                    request(method, path, body, headers).timeout(MOST_TIME).build();
            HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " on " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** A request whose answer may never end: a stream of records if the status is 200. */
    public Streamed open(String path, byte[] body, String... headers) {
        try {
            HttpResponse<InputStream> response =
                    HTTP.send(request("POST", path, body, headers).build(), HttpResponse.BodyHandlers.ofInputStream());
            return new Streamed(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("POST " + path + " on " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private HttpRequest.Builder request(String method, String path, byte @Nullable [] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        credentials.ifPresent(pair ->
                request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes(pair))));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private static String[] with(String[] headers, String name, String value) {
        return Stream.concat(Stream.of(name, value), Stream.of(headers)).toArray(String[]::new);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
