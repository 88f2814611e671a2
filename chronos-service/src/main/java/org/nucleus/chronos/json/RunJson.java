package org.nucleus.chronos.json;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.wire.AgentId;
import tools.jackson.databind.node.ObjectNode;

/** A run as readers get it. */
public final class RunJson {
    /** The agent says so of a command that ended by itself. */
    private static final Pattern EXIT = Pattern.compile("exited with status (\\d+)");

    /** All that {@link #state} may answer. */
    public static final List<String> STATES = Stream.concat(
                    Stream.of("DELAYED", "QUEUED", "LAUNCHING", "RUNNING", "REPORTING"),
                    Stream.of(Outcome.values()).map(Outcome::name))
            .toList();

    private RunJson() {}

    public static void write(Run run, ObjectNode out) {
        Optional<Progress.Ended> ended =
                run.progress() instanceof Progress.Ended over ? Optional.of(over) : Optional.empty();
        out.put("job", run.job());
        out.put("taskId", run.task().value());
        out.put("cause", run.key().cause().name());
        out.put("nominalTime", JobJson.text(run.key().nominal()));
        out.put("attempt", run.key().attempt());
        out.put("arguments", run.request().arguments());
        OverridesJson.write(run.request().overrides(), out.putObject("overrides"));
        out.put("pass", run.request().pass());
        out.put("enqueuedTime", JobJson.text(run.enqueued()));
        out.put("startTime", JobJson.text(run.started().orElse(null)));
        out.put("endTime", ended.map(Progress.Ended::at).map(JobJson::text).orElse(""));
        out.put("agentId", run.agent().map(AgentId::value).orElse(""));
        out.put("hostname", run.hostname().orElse(""));
        out.put("state", state(run));
        String message = ended.map(Progress.Ended::message).orElse("");
        out.put("message", message);
        Matcher exit = EXIT.matcher(message);
        if (exit.find()) {
            out.put("exitStatus", Integer.parseInt(exit.group(1)));
        }
        out.put("numElementsProcessed", run.elements());
        if (run.sandbox() != null) {
            out.putObject("sandbox")
                    .put("agent", run.sandbox().agent())
                    .put("path", run.sandbox().path());
        }
    }

    /** Where it is on its way; an ended one is named by its outcome. */
    public static String state(Run run) {
        return switch (run.progress()) {
            case Progress.Delayed _ -> "DELAYED";
            case Progress.Queued _ -> "QUEUED";
            case Progress.Launching _ -> "LAUNCHING";
            case Progress.Running _ -> "RUNNING";
            case Progress.Reporting _ -> "REPORTING";
            case Progress.Ended ended -> ended.outcome().name();
        };
    }
}
