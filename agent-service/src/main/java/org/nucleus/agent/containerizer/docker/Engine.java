package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.docker.EngineSocket.Ask;
import org.nucleus.agent.containerizer.docker.EngineSocket.Reply;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The engine's API in the agent's words; paths without a version mean the newest the engine has. Blocks. Fails with
 * {@link EngineRefused} if the engine says no, with another {@link IOException} if it says nothing.
 */
final class Engine implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FIRST_REFUSAL = 300;
    /** A busy engine starts a container in seconds, not minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EngineSocket socket;

    Engine(Path socket) {
        this.socket = new EngineSocket(socket);
    }

    boolean hasImage(String image) throws IOException {
        return inspected("/images/" + encoded(image) + "/json").isPresent();
    }

    /** Fetches it from its registry, also if it is there. {@code access} is an {@code X-Registry-Auth}, or empty. */
    void pull(ImageName image, String access, Duration timeout) throws IOException {
        String path = "/images/create?fromImage=" + encoded(image.name()) + "&tag=" + encoded(image.tag());
        Map<String, String> headers = access.isEmpty() ? Map.of() : Map.of("X-Registry-Auth", access);
        try (Reply reply = ask(new Ask("POST", path, null, headers, timeout))) {
            for (String line : reply.text().split("\n")) {
                String error = line.isBlank() ? "" : parse(line).path("error").asString("");
                if (!error.isEmpty()) {
                    throw new EngineRefused(reply.status(), error);
                }
            }
        }
    }

    void create(String name, JsonNode container) throws IOException {
        tell("/containers/create?name=" + encoded(name), container.toString());
    }

    void start(String name) throws IOException {
        try {
            tell(of(name) + "/start", null);
        } catch (EngineRefused e) {
            if (!e.isSo()) {
                throw e;
            }
        }
    }

    void kill(String name, String signal) throws IOException {
        tell(of(name) + "/kill?signal=" + encoded(signal), null);
    }

    /** Gone is gone, whoever removed it. */
    void remove(String name, boolean force) throws IOException {
        try (Reply reply = ask(Ask.of("DELETE", of(name) + "?v=1&force=" + force, null, PATIENCE))) {
            reply.text();
        } catch (EngineRefused e) {
            if (!e.isAbsent()) {
                throw e;
            }
        }
    }

    /** Empty if the engine has no such container. */
    Optional<Seen> inspect(String name) throws IOException {
        return inspected(of(name) + "/json").map(Seen::of);
    }

    /** Blocks for as long as it runs. */
    void await(String name) throws IOException {
        try (Reply reply = ask(Ask.of("POST", of(name) + "/wait?condition=not-running", null, null))) {
            reply.text();
        }
    }

    /** The names of all with that label, whatever their state. */
    List<String> list(String label, String value) throws IOException {
        String filters = JSON.createObjectNode()
                .set("label", JSON.createArrayNode().add(label + "=" + value))
                .toString();
        List<String> names = new ArrayList<>();
        Ask ask = Ask.of("GET", "/containers/json?all=1&filters=" + encoded(filters), null, PATIENCE);
        try (Reply reply = ask(ask)) {
            for (JsonNode each : parse(reply.text())) {
                names.add(each.path("Labels").path(Creation.CONTAINER_LABEL).asString(""));
            }
        }
        return names.stream().filter(id -> !id.isEmpty()).map(Creation::nameOf).toList();
    }

    /** Frames of {@link Frames}, all from the beginning; with {@code follow} also those to come, until the end. */
    Reply logs(String name, boolean follow) throws IOException {
        return ask(Ask.of("GET", of(name) + "/logs?stdout=1&stderr=1&follow=" + (follow ? 1 : 0), null, null));
    }

    JsonNode statistics(String name) throws IOException {
        Ask ask = Ask.of("GET", of(name) + "/stats?stream=false&one-shot=true", null, PATIENCE);
        try (Reply reply = ask(ask)) {
            return parse(reply.text());
        }
    }

    void update(String name, JsonNode limits) throws IOException {
        tell(of(name) + "/update", limits.toString());
    }

    /** Prepares a command in a running container, and gives its id. */
    String prepare(String name, JsonNode command) throws IOException {
        try (Reply reply = ask(Ask.of("POST", of(name) + "/exec", command.toString(), PATIENCE))) {
            return parse(reply.text()).path("Id").asString("");
        }
    }

    /** Runs a prepared command; its output comes in {@link Frames}, and ends when it does. */
    Reply run(String command) throws IOException {
        return ask(Ask.of("POST", "/exec/" + encoded(command) + "/start", "{\"Detach\":false,\"Tty\":false}", null));
    }

    JsonNode command(String command) throws IOException {
        return inspected("/exec/" + encoded(command) + "/json")
                .orElseThrow(() -> new IOException("the engine forgot the command"));
    }

    @Override
    public void close() {
        socket.close();
    }

    private void tell(String path, @Nullable String body) throws IOException {
        try (Reply reply = ask(Ask.of("POST", path, body, PATIENCE))) {
            reply.text();
        }
    }

    private Optional<JsonNode> inspected(String path) throws IOException {
        try (Reply reply = ask(Ask.of("GET", path, null, PATIENCE))) {
            return Optional.of(parse(reply.text()));
        } catch (EngineRefused e) {
            if (e.isAbsent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Reply ask(Ask ask) throws IOException {
        Reply reply = socket.send(ask);
        if (reply.status() < FIRST_REFUSAL) {
            return reply;
        }
        try (reply) {
            throw new EngineRefused(reply.status(), reason(reply.text(), reply.status()));
        }
    }

    private static String reason(String body, int status) throws IOException {
        String said = body.stripLeading().startsWith("{")
                ? parse(body).path("message").asString("").strip()
                : body.strip();
        return said.isEmpty() ? "the engine answered " + status : said;
    }

    private static JsonNode parse(String text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IOException("the engine's answer is not JSON", e);
        }
    }

    private static String of(String name) {
        return "/containers/" + encoded(name);
    }

    /** For a path too, whose slashes the engine takes either way. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
