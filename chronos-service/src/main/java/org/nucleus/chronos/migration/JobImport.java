package org.nucleus.chronos.migration;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads all jobs of one Chronos, of 2.x, 3.x or this one, and puts them into another, parents first. What the target
 * has already is left as it is, so that an interrupted import can be begun again.
 */
public final class JobImport {
    private static final String USAGE = """
            Usage: chronos-service import --from=URL --to=URL [--from_credentials=user:password]
                   [--to_credentials=user:password]""";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int CREATED = 204;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final Server source;
    private final Server target;
    private final PrintStream out;

    /** @param credentials {@code user:password}, if it asks */
    private record Server(URI base, @Nullable String credentials) {}

    private JobImport(Server source, Server target, PrintStream out) {
        this.source = source;
        this.target = target;
        this.out = out;
    }

    /** Runs the command; the answer is the exit code: 0 if all jobs are there, 1 if not, 2 if it makes no sense. */
    public static int run(List<String> arguments, PrintStream out) throws InterruptedException {
        SequencedMap<String, String> given = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                out.println(USAGE);
                return 2;
            }
            given.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        Set<String> known = Set.of("from", "to", "from_credentials", "to_credentials");
        if (!known.containsAll(given.sequencedKeySet()) || !given.keySet().containsAll(Set.of("from", "to"))) {
            out.println(USAGE);
            return 2;
        }
        try {
            Server source = new Server(URI.create(given.get("from")), given.get("from_credentials"));
            Server target = new Server(URI.create(given.get("to")), given.get("to_credentials"));
            return new JobImport(source, target, out).run();
        } catch (IOException | IllegalArgumentException | JacksonException e) {
            out.println("The import failed: " + e.getMessage());
            return 1;
        }
    }

    private int run() throws IOException, InterruptedException {
        SequencedMap<String, JsonNode> jobs = jobs(source);
        Set<String> there = new LinkedHashSet<>(jobs(target).sequencedKeySet());
        int before = there.size();
        List<String> left = new ArrayList<>();
        int kept = (int) jobs.keySet().stream().filter(there::contains).count();
        for (String name : parentsFirst(jobs)) {
            if (!there.contains(name)) {
                if (put(Objects.requireNonNull(jobs.get(name)))) {
                    there.add(name);
                } else {
                    left.add(name);
                }
            }
        }
        out.println(there.size() - before + " jobs imported, " + kept + " were there already, " + left.size()
                + " were refused" + (left.isEmpty() ? "" : ": " + String.join(", ", left)));
        return left.isEmpty() ? 0 : 1;
    }

    private SequencedMap<String, JsonNode> jobs(Server server) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(server, "/v1/scheduler/jobs", null);
        if (answer.statusCode() == 404) {
            answer = send(server, "/scheduler/jobs", null);
        }
        if (answer.statusCode() != 200) {
            throw new IOException(server.base() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        SequencedMap<String, JsonNode> jobs = new LinkedHashMap<>();
        for (JsonNode job : JsonMapper.shared().readTree(answer.body())) {
            jobs.put(job.path("name").asString(""), job);
        }
        return jobs;
    }

    private boolean put(JsonNode job) throws IOException, InterruptedException {
        String kind = job.path("parents").isEmpty() ? "iso8601" : "dependency";
        HttpResponse<String> answer = send(target, "/v1/scheduler/" + kind, job.toString());
        if (answer.statusCode() != CREATED) {
            out.println(job.path("name").asString("") + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == CREATED;
    }

    /** A job follows its parents; those in a circle, or whose parents are missing, come as they are and are refused. */
    private static List<String> parentsFirst(SequencedMap<String, JsonNode> jobs) {
        Set<String> ordered = new LinkedHashSet<>();
        jobs.keySet().forEach(name -> visit(name, jobs, ordered, new LinkedHashSet<>()));
        return List.copyOf(ordered);
    }

    private static void visit(
            String name, SequencedMap<String, JsonNode> jobs, Set<String> ordered, Set<String> visiting) {
        JsonNode job = jobs.get(name);
        if (job != null && visiting.add(name)) {
            job.path("parents").forEach(parent -> visit(parent.asString(), jobs, ordered, visiting));
            ordered.add(name);
        }
    }

    private HttpResponse<String> send(Server server, String path, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.base().resolve(path)).timeout(TIMEOUT);
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        if (server.credentials() != null) {
            byte[] pair = server.credentials().getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
