package org.nucleus.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client's side of authentication: gives the {@code Authorization} header for a server, going through the CRAM-MD5
 * exchange at {@code /authenticate} when there is no token yet. One token is kept per server. Thread-safe.
 */
public final class HttpLogin {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final Credential credential;
    private final Mechanism mechanism;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    public HttpLogin(HttpClient http, Credential credential, Mechanism mechanism) {
        this.http = http;
        this.credential = credential;
        this.mechanism = mechanism;
    }

    /**
     * The header's value for requests to {@code target}'s server.
     *
     * @throws LoginRefused if the server refuses the credential
     * @throws IOException if the server can't be reached, or doesn't speak the mechanism
     */
    public String authorization(URI target) throws IOException, InterruptedException {
        if (mechanism == Mechanism.BASIC) {
            String pair = credential.principal() + ":" + credential.secret();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        String known = tokens.get(target.getAuthority());
        if (known == null) {
            known = exchange(target.resolve("/authenticate"));
            tokens.put(target.getAuthority(), known);
        }
        return "Bearer " + known;
    }

    /** The server answered 401: the next {@link #authorization} starts anew. */
    public void forget(URI target) {
        tokens.remove(target.getAuthority());
    }

    private String exchange(URI endpoint) throws IOException, InterruptedException {
        JsonNode step = post(endpoint, Map.of("type", "START", "mechanism", "CRAM-MD5"));
        byte[] challenge = decoded(text(step, "data"));
        String answer = Base64.getEncoder().encodeToString(CramMd5.answer(credential, challenge));
        JsonNode end = post(endpoint, Map.of("type", "STEP", "session", text(step, "session"), "data", answer));
        return text(end, "token");
    }

    private JsonNode post(URI endpoint, Map<String, String> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 401) {
            throw new LoginRefused(
                    "The credential of " + credential.principal() + " was refused by " + endpoint.getAuthority());
        }
        if (answer.statusCode() != 200) {
            throw new IOException("Authentication at " + endpoint.getAuthority() + " answered " + answer.statusCode());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException("Authentication at " + endpoint.getAuthority() + " answered no JSON", e);
        }
    }

    private static byte[] decoded(String base64) throws IOException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("Authentication answered a challenge that is no base64", e);
        }
    }

    private static String text(JsonNode node, String field) throws IOException {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw new IOException("Authentication answered without '" + field + "'");
        }
        return value.asString();
    }
}
