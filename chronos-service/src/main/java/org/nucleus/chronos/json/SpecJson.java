package org.nucleus.chronos.json;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.Constraint;
import org.nucleus.chronos.core.state.ContainerSpec;
import org.nucleus.chronos.core.state.JobSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a job's author describes, in the original's JSON. Source: JobSerializer.scala, JobDeserializer.scala. */
public final class SpecJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int RETRIES = 2;

    private SpecJson() {}

    /** The whole description as text, for the store. */
    public static String encode(JobSpec spec) {
        ObjectNode node = JSON.createObjectNode();
        writeHead(spec, node);
        writeMiddle(spec, node);
        writeTail(spec, node);
        PolicyJson.write(spec.policy(), node);
        return node.toString();
    }

    public static JobSpec decode(String text) {
        return read(Fields.of(JSON.readTree(text), "a job"));
    }

    static JobSpec read(Fields in) {
        return new JobSpec(
                in.text("name", ""),
                in.text("command", ""),
                in.flag("shell", true),
                in.texts("arguments"),
                in.text("executor", ""),
                in.text("executorFlags", ""),
                in.text("taskInfoData", ""),
                (int) Math.clamp(in.whole("retries", RETRIES), -1, Integer.MAX_VALUE),
                in.text("owner", ""),
                in.text("ownerName", ""),
                in.text("description", ""),
                in.amount("cpus"),
                in.amount("mem"),
                in.amount("disk"),
                in.flag("disabled", false),
                in.flag("softError", false),
                in.flag("dataProcessingJobType", false),
                in.flag("highPriority", false),
                in.flag("concurrent", false),
                in.text("runAsUser", ""),
                in.whole("maxCompletionTime", 0),
                container(in),
                fetch(in),
                in.objects("environmentVariables", SpecJson::variable),
                in.list("constraints", value -> constraint(in, value)),
                PolicyJson.read(in));
    }

    static void writeHead(JobSpec spec, ObjectNode out) {
        out.put("name", spec.name());
        out.put("command", spec.command());
        out.put("shell", spec.shell());
        out.put("executor", spec.executor());
        out.put("executorFlags", spec.executorFlags());
        out.put("taskInfoData", spec.taskInfoData());
        out.put("retries", spec.retries());
        out.put("owner", spec.owner());
        out.put("ownerName", spec.ownerName());
        out.put("description", spec.description());
    }

    static void writeMiddle(JobSpec spec, ObjectNode out) {
        out.put("cpus", spec.cpus());
        out.put("disk", spec.disk());
        out.put("mem", spec.mem());
        out.put("disabled", spec.disabled());
        out.put("softError", spec.softError());
        out.put("dataProcessingJobType", spec.dataProcessingJobType());
    }

    static void writeTail(JobSpec spec, ObjectNode out) {
        writeLists(spec, out);
        out.put("highPriority", spec.highPriority());
        out.put("runAsUser", spec.runAsUser());
        out.put("concurrent", spec.concurrent());
        out.put("maxCompletionTime", spec.maxCompletionTime());
        if (spec.container() != null) {
            ContainerJson.write(spec.container(), out.putObject("container"));
        }
        ArrayNode constraints = out.putArray("constraints");
        spec.constraints()
                .forEach(constraint -> constraints
                        .addArray()
                        .add(constraint.attribute())
                        .add(constraint.operator().name())
                        .add(constraint.value()));
    }

    private static void writeLists(JobSpec spec, ObjectNode out) {
        ArrayNode fetch = out.putArray("fetch");
        spec.fetch().forEach(uri -> write(uri, fetch.addObject()));
        ArrayNode uris = out.putArray("uris");
        spec.fetch().forEach(uri -> uris.add(uri.uri()));
        ArrayNode variables = out.putArray("environmentVariables");
        spec.environmentVariables()
                .forEach(variable ->
                        variables.addObject().put("name", variable.name()).put("value", variable.value()));
        ArrayNode arguments = out.putArray("arguments");
        spec.arguments().forEach(arguments::add);
    }

    private static void write(JobSpec.FetchUri uri, ObjectNode out) {
        out.put("uri", uri.uri());
        if (!uri.outputFile().isEmpty()) {
            out.put("output_file", uri.outputFile());
        }
        out.put("executable", uri.executable());
        out.put("cache", uri.cache());
        out.put("extract", uri.extract());
    }

    private static @Nullable ContainerSpec container(Fields in) {
        return in.has("container") ? ContainerJson.read(in.object("container")) : null;
    }

    /** {@code uris} is the old form. Both are accepted if they name the same, since what we return fills both. */
    private static List<JobSpec.FetchUri> fetch(Fields in) {
        List<JobSpec.FetchUri> fetch = in.objects("fetch", SpecJson::fetchUri);
        List<String> uris = in.texts("uris");
        if (fetch.isEmpty()) {
            return uris.stream()
                    .map(uri -> new JobSpec.FetchUri(uri, "", false, false, true))
                    .toList();
        }
        List<String> named = new ArrayList<>();
        fetch.forEach(uri -> named.add(uri.uri()));
        if (!uris.isEmpty() && !uris.equals(named)) {
            throw new BadJob("Tried to add both uri (deprecated) and fetch parameters on " + in.text("name", ""));
        }
        return fetch;
    }

    private static JobSpec.FetchUri fetchUri(Fields in) {
        if (!in.has("uri")) {
            throw in.wrong("uri", "given");
        }
        return new JobSpec.FetchUri(
                in.text("uri", ""),
                in.text("output_file", ""),
                in.flag("executable", false),
                in.flag("cache", false),
                in.flag("extract", true));
    }

    static JobSpec.EnvironmentVariable variable(Fields in) {
        if (in.text("name", "").isEmpty()) {
            throw in.wrong("name", "given");
        }
        return new JobSpec.EnvironmentVariable(in.text("name", ""), in.text("value", ""));
    }

    private static Constraint constraint(Fields in, JsonNode value) {
        if (!value.isArray() || value.size() != 3) {
            throw in.wrong("constraints", "a list of [attribute, operator, value]");
        }
        String operator = value.get(1).asString("");
        for (Constraint.Operator known : Constraint.Operator.values()) {
            if (known.name().equals(operator)) {
                try {
                    return Constraint.of(
                            value.get(0).asString(""), known, value.get(2).asString(""));
                } catch (PatternSyntaxException e) {
                    throw new BadJob("The constraint's value is no regular expression: " + e.getDescription());
                }
            }
        }
        throw new BadJob("Unknown constraint operator '" + operator + "': use EQUALS, LIKE or UNLIKE");
    }
}
