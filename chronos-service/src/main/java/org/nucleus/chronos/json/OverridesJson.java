package org.nucleus.chronos.json;

import java.util.List;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Overrides;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one run has otherwise than its job, under the names that the job's fields have. */
public final class OverridesJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private OverridesJson() {}

    /** What a caller asks of a run. */
    public record Asked(String arguments, Overrides overrides) {}

    /**
     * Reads the body of a call; an empty one asks for nothing.
     *
     * @throws BadJob if it is something else
     */
    public static Asked read(byte[] body) {
        if (body.length == 0) {
            return new Asked("", Overrides.NONE);
        }
        try {
            Fields in = Fields.of(JSON.readTree(body), "The body");
            return new Asked(in.text("arguments", ""), read(in));
        } catch (JacksonException e) {
            throw new BadJob("The body is not JSON: " + e.getOriginalMessage());
        }
    }

    /** For the store; empty for {@link Overrides#NONE}. */
    public static String encode(Overrides overrides) {
        if (overrides.equals(Overrides.NONE)) {
            return "";
        }
        ObjectNode out = JSON.createObjectNode();
        write(overrides, out);
        return out.toString();
    }

    public static Overrides decode(String text) {
        return text.isEmpty() ? Overrides.NONE : read(Fields.of(JSON.readTree(text), "overrides"));
    }

    public static void write(Overrides overrides, ObjectNode out) {
        if (overrides.command() != null) {
            out.put("command", overrides.command());
        }
        if (overrides.cpus() != null) {
            out.put("cpus", overrides.cpus());
        }
        if (overrides.mem() != null) {
            out.put("mem", overrides.mem());
        }
        if (overrides.disk() != null) {
            out.put("disk", overrides.disk());
        }
        if (overrides.runAsUser() != null) {
            out.put("runAsUser", overrides.runAsUser());
        }
        if (!overrides.environmentVariables().isEmpty()) {
            ArrayNode variables = out.putArray("environmentVariables");
            overrides
                    .environmentVariables()
                    .forEach(variable ->
                            variables.addObject().put("name", variable.name()).put("value", variable.value()));
        }
    }

    private static Overrides read(Fields in) {
        List<JobSpec.EnvironmentVariable> variables = in.objects("environmentVariables", SpecJson::variable);
        return new Overrides(
                in.has("command") ? in.text("command", "") : null,
                in.has("cpus") ? positive(in, "cpus") : null,
                in.has("mem") ? positive(in, "mem") : null,
                in.has("disk") ? positive(in, "disk") : null,
                in.has("runAsUser") ? in.text("runAsUser", "") : null,
                variables);
    }

    private static double positive(Fields in, String name) {
        double amount = in.amount(name);
        if (amount <= 0 || amount > 1e9) {
            throw in.wrong(name, "a number above 0, to 1e9");
        }
        return amount;
    }
}
