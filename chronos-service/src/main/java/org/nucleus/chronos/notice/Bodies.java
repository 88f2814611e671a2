package org.nucleus.chronos.notice;

import java.util.Locale;
import java.util.Optional;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.chronos.json.JobJson;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is posted over HTTP. Source: SlackClient.scala, MattermostClient.scala and HTTPClient.scala. */
final class Bodies {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Bodies() {}

    /** Slack's and Mattermost's. */
    static ObjectNode text(Notice notice, String subject, Optional<Job> job) {
        return JSON.createObjectNode().put("text", subject + ": " + notice.message());
    }

    /** Flat, all texts. Of a job that is gone only what the notice says of it. */
    static ObjectNode flat(Notice notice, String subject, Optional<Job> job) {
        ObjectNode out = JSON.createObjectNode();
        out.put("subject", subject);
        out.put("message", notice.message());
        out.put("to", notice.owner());
        out.put("job", notice.job());
        out.put("event", notice.kind().name().toLowerCase(Locale.ROOT));
        job.ifPresent(known -> about(known, out));
        return out;
    }

    private static void about(Job job, ObjectNode out) {
        JobSpec spec = job.spec();
        out.put("command", spec.command());
        out.put("cpus", Double.toString(spec.cpus()));
        out.put("mem", Double.toString(spec.mem()));
        out.put("softError", Boolean.toString(spec.softError()));
        out.put("errorCount", Long.toString(job.tally().errorCount()));
        out.put("errorsSinceLastSuccess", Long.toString(job.tally().errorsSinceLastSuccess()));
        out.put("executor", spec.executor());
        out.put("executorFlags", spec.executorFlags());
        out.put("lastError", JobJson.text(job.tally().lastError()));
        out.put("lastSuccess", JobJson.text(job.tally().lastSuccess()));
        out.put("retries", Integer.toString(spec.retries()));
        out.put("successCount", Long.toString(job.tally().successCount()));
        out.put(
                "uris",
                String.join(
                        ",", spec.fetch().stream().map(JobSpec.FetchUri::uri).toList()));
    }
}
