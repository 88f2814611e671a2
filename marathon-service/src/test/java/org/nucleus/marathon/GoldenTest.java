package org.nucleus.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was recorded from Marathon 1.11 on an empty server, asked again in the same order: same status, same headers, and
 * bodies of the same shape, with the same texts where they don't depend on time and chance. What differs on purpose is
 * listed with its reason.
 */
@Timeout(180)
class GoldenTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient http = HttpClient.newHttpClient();
    private static final Map<Integer, String> ON_PURPOSE = onPurpose();

    private static Map<Integer, String> onPurpose() {
        Map<Integer, String> reasons = new LinkedHashMap<>();
        List.of(4, 6, 12, 120, 121, 122, 123, 124).forEach(i -> reasons.put(i, "an unknown URL is 404, not 500"));
        List.of(5, 9).forEach(i -> reasons.put(i, "no page"));
        reasons.put(10, "other loggers");
        reasons.put(8, "OPTIONS has no body and hence no type");
        reasons.put(53, "complaints come in another order");
        List.of(71, 79, 81, 86, 88, 89).forEach(i -> reasons.put(i, "deployments are faster here"));
        reasons.put(84, "no names of classes in messages");
        List.of(91, 92, 93, 97).forEach(i -> reasons.put(i, "apps are listed in the order of their paths"));
        List.of(77, 78).forEach(i -> reasons.put(i, "changes of apps can be rehearsed too"));
        reasons.put(116, "a message is not wrapped twice");
        return reasons;
    }

    @Test
    void answersAsTheOriginalDid() throws Exception {
        try (TestZooKeeper zooKeeper = TestZooKeeper.start();
                FakeMaster master = new FakeMaster(1);
                ConfigurableApplicationContext service = launch(zooKeeper, master)) {
            URI base = URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port"));
            List<String> differences = new ArrayList<>();
            try (EventReader events = new EventReader(http, base)) {
                master.awaitSubscription();
                JsonNode exchanges = recorded();
                for (int i = 0; i < exchanges.size(); i++) {
                    List<String> found = new ArrayList<>();
                    compare(i, exchanges.get(i), base, events, found);
                    if (!ON_PURPOSE.containsKey(i)) {
                        differences.addAll(found);
                    }
                }
            }
            assertThat(differences).isEmpty();
        }
    }

    private static ConfigurableApplicationContext launch(TestZooKeeper zooKeeper, FakeMaster master)
            throws IOException {
        List<String> flags = new ArrayList<>(TestDatabase.fresh().flags());
        flags.addAll(List.of(
                "--master=" + master.address(),
                "--zk=" + zooKeeper.url(),
                "--hostname=127.0.0.1",
                "--http_address=127.0.0.1",
                "--http_port=" + MarathonServiceTest.freePort()));
        return Launch.start(
                MarathonApplication.class,
                "marathon",
                "MARATHON_",
                Surroundings.hosted((code, reason) -> {}),
                flags.toArray(String[]::new));
    }

    private static JsonNode recorded() throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/marathon-original.json")) {
            return JSON.readTree(in);
        }
    }

    private static void compare(int index, JsonNode exchange, URI base, EventReader events, List<String> differences)
            throws Exception {
        JsonNode request = exchange.path("request");
        JsonNode expected = exchange.path("response");
        HttpResponse<String> actual = send(request, base);
        String name = index + " " + request.path("m").asString() + " "
                + request.path("p").asString();
        if (actual.statusCode() != expected.path("status").asInt()) {
            differences.add(
                    name + ": status " + actual.statusCode() + " for " + expected.path("status") + " " + actual.body());
        } else {
            for (String header :
                    List.of("content-type", "marathon-deployment-id", "location", "x-frame-options", "cache-control")) {
                if (expected.path("headers").has(header)
                        && actual.headers().firstValue(header).isEmpty()) {
                    differences.add(name + ": no header " + header);
                }
            }
            shape(name, parse(expected.path("body").asString("")), parse(actual.body()), differences);
        }
        if (request.path("wait").asInt() > 0) {
            Optional<String> deployment = actual.headers().firstValue("marathon-deployment-id");
            if (deployment.isPresent()) {
                events.awaitDeployment(deployment.get());
            }
        }
    }

    private static JsonNode parse(String body) {
        try {
            return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (tools.jackson.core.JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static void shape(String name, JsonNode expected, JsonNode actual, List<String> differences) {
        if (expected.getNodeType() != actual.getNodeType()) {
            differences.add(name + ": " + actual + " for " + expected);
            return;
        }
        if (expected.isObject()) {
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            expected.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.forEach((key, value) -> {
                if (!actual.has(key)) {
                    differences.add(name + "/" + key + ": absent, expected " + value);
                } else {
                    shape(name + "/" + key, value, actual.get(key), differences);
                }
            });
            actual.propertyNames().stream()
                    .filter(key -> !fields.containsKey(key))
                    .forEach(key -> differences.add(name + "/" + key + ": not in the original, " + actual.get(key)));
        } else if (expected.isArray()) {
            if (expected.isEmpty() != actual.isEmpty()) {
                differences.add(name + ": " + actual + " for " + expected);
            } else if (!expected.isEmpty()) {
                shape(name + "[]", expected.get(0), actual.get(0), differences);
            }
        } else if (expected.isString()
                && (name.endsWith("/message") || name.endsWith("errors[]") || name.endsWith("path"))
                && !expected.equals(actual)) {
            differences.add(name + ": " + actual + " for " + expected);
        }
    }

    /** A request with a body over HTTP, written by hand where the client library would refuse it. */
    private static HttpResponse<String> send(JsonNode request, URI base) throws Exception {
        HttpRequest.Builder made = HttpRequest.newBuilder(
                URI.create(base + request.path("p").asString().replace("\"", "%22")));
        request.path("h")
                .properties()
                .forEach(
                        header -> made.header(header.getKey(), header.getValue().asString()));
        JsonNode body = request.path("b");
        made.method(
                request.path("m").asString(),
                body.isNull()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.asString()));
        return http.send(made.build(), HttpResponse.BodyHandlers.ofString());
    }
}
