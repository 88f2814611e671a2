package org.nucleus.chronos.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
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
import org.nucleus.chronos.core.state.Run;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads files of a sandbox through the agent's {@code /files/read}, as the principal that Chronos is to the master.
 * Source: files.cpp of Mesos, read.
 */
public final class SandboxReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int UNAUTHORIZED = 401;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Optional<HttpLogin> login;

    /** Part of a file: {@code data} begins at byte {@code offset}. */
    public record Chunk(long offset, String data) {}

    /** Why there is nothing to read: a sentence for the caller, and whether the agent could not be asked at all. */
    public static final class Unreadable extends RuntimeException {
        private final boolean agentAway;

        Unreadable(String message, boolean agentAway) {
            super(message);
            this.agentAway = agentAway;
        }

        public boolean agentAway() {
            return agentAway;
        }
    }

    public SandboxReader(Optional<Credential> credential, Mechanism mechanism) {
        this.login = credential.map(known -> new HttpLogin(client, known, mechanism));
    }

    /**
     * The last {@code length} bytes of a file.
     *
     * @throws Unreadable if it is not there, or nobody can say
     */
    public Chunk tail(Run.Sandbox sandbox, String file, int length) throws InterruptedException {
        long size = ask(sandbox, file, "-1", 0).offset();
        return read(sandbox, file, Math.max(0, size - length), length);
    }

    /**
     * {@code length} bytes at most from {@code offset} on; none at the end of the file as it is now.
     *
     * @throws Unreadable if it is not there, or nobody can say
     */
    public Chunk read(Run.Sandbox sandbox, String file, long offset, int length) throws InterruptedException {
        return ask(sandbox, file, Long.toString(offset), length);
    }

    private Chunk ask(Run.Sandbox sandbox, String file, String offset, int length) throws InterruptedException {
        URI uri = URI.create(sandbox.agent() + "/files/read?path=" + encoded(sandbox.path() + "/" + file) + "&offset="
                + offset + "&length=" + length);
        try {
            HttpResponse<String> answer = send(uri);
            if (answer.statusCode() == UNAUTHORIZED && login.isPresent()) {
                login.get().forget(uri);
                answer = send(uri);
            }
            return chunk(answer, file, sandbox);
        } catch (LoginRefused e) {
            throw new Unreadable("The agent " + sandbox.agent() + " refused our credential", true);
        } catch (IOException | JacksonException e) {
            throw new Unreadable("The agent " + sandbox.agent() + " could not be asked: " + e.getMessage(), true);
        }
    }

    private HttpResponse<String> send(URI uri) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        if (login.isPresent()) {
            request.header("Authorization", login.get().authorization(uri));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static Chunk chunk(HttpResponse<String> answer, String file, Run.Sandbox sandbox) {
        return switch (answer.statusCode()) {
            case 200 -> {
                JsonNode body = JsonMapper.shared().readTree(answer.body());
                yield new Chunk(body.path("offset").asLong(0), body.path("data").asString(""));
            }
            case 404 ->
                throw new Unreadable(
                        "The sandbox has no file '" + file + "' (any more); its agent is " + sandbox.agent(), false);
            default -> throw new Unreadable("The agent " + sandbox.agent() + " answered " + answer.statusCode(), true);
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
