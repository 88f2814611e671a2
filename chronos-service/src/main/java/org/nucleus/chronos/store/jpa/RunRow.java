package org.nucleus.chronos.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.RunKey;
import org.nucleus.chronos.json.OverridesJson;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.TaskId;

/** A run as stored. */
@Entity
@Table(name = "run")
class RunRow {
    /** Which case of {@link Progress} it is. */
    enum State {
        DELAYED,
        QUEUED,
        LAUNCHING,
        RUNNING,
        REPORTING,
        ENDED
    }

    @Id
    @Column(name = "id")
    private String id;

    @Column(name = "job")
    private String job;

    @Column(name = "since")
    private Instant since;

    @Enumerated(EnumType.STRING)
    @Column(name = "cause")
    private Cause cause;

    @Column(name = "nominal")
    private Instant nominal;

    @Column(name = "attempt")
    private int attempt;

    @Column(name = "task")
    private String task;

    @Column(name = "enqueued")
    private Instant enqueued;

    @Column(name = "arguments")
    private String arguments;

    @Column(name = "launches")
    private int launches;

    @Column(name = "overrides")
    private String overrides;

    @Column(name = "pass")
    private String pass;

    @Enumerated(EnumType.STRING)
    @Column(name = "kill")
    private Run.Kill kill;

    @Column(name = "elements")
    private long elements;

    @Column(name = "sandbox_agent")
    private @Nullable String sandboxAgent;

    @Column(name = "sandbox_path")
    private @Nullable String sandboxPath;

    @Column(name = "reported")
    private @Nullable Integer reported;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private State state;

    @Column(name = "agent")
    private @Nullable String agent;

    @Column(name = "hostname")
    private @Nullable String hostname;

    @Column(name = "launched_at")
    private @Nullable Instant launchedAt;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "outcome")
    private @Nullable Outcome outcome;

    @Column(name = "message")
    private @Nullable String message;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected RunRow() {}

    RunRow(Run run) {
        id = run.key().toString();
        job = run.job();
        since = run.key().since();
        cause = run.key().cause();
        nominal = run.key().nominal();
        attempt = run.key().attempt();
        task = run.task().value();
        enqueued = run.enqueued();
        arguments = run.request().arguments();
        overrides = OverridesJson.encode(run.request().overrides());
        pass = run.request().pass();
        launches = run.launches();
        kill = run.kill();
        elements = run.elements();
        if (run.sandbox() != null) {
            sandboxAgent = run.sandbox().agent();
            sandboxPath = run.sandbox().path();
        }
        agent = run.agent().map(AgentId::value).orElse(null);
        startedAt = run.started().orElse(null);
        state = switch (run.progress()) {
            case Progress.Delayed _ -> State.DELAYED;
            case Progress.Queued _ -> State.QUEUED;
            case Progress.Launching launching -> {
                hostname = launching.hostname();
                launchedAt = launching.at();
                yield State.LAUNCHING;
            }
            case Progress.Running running -> {
                hostname = running.hostname();
                reported = running.reported();
                yield State.RUNNING;
            }
            case Progress.Reporting reporting -> {
                hostname = reporting.hostname();
                yield State.REPORTING;
            }
            case Progress.Ended ended -> {
                hostname = ended.hostname();
                endedAt = ended.at();
                outcome = ended.outcome();
                message = ended.message();
                yield State.ENDED;
            }
        };
    }

    Run run() {
        RunKey key = new RunKey(job, since, cause, nominal, attempt);
        Run.Request request = new Run.Request(arguments, OverridesJson.decode(overrides), pass);
        Run.Sandbox sandbox =
                sandboxAgent == null || sandboxPath == null ? null : new Run.Sandbox(sandboxAgent, sandboxPath);
        return new Run(key, new TaskId(task), enqueued, request, launches, kill, elements, sandbox, progress());
    }

    private Progress progress() {
        return switch (state) {
            case DELAYED -> new Progress.Delayed(enqueued);
            case QUEUED -> new Progress.Queued();
            case LAUNCHING -> new Progress.Launching(agentId(), there(hostname), there(launchedAt));
            case RUNNING -> new Progress.Running(agentId(), there(hostname), there(startedAt), reported);
            case REPORTING -> new Progress.Reporting(agentId(), there(hostname), there(startedAt));
            case ENDED ->
                new Progress.Ended(
                        there(outcome),
                        agent == null ? null : new AgentId(agent),
                        hostname,
                        startedAt,
                        there(endedAt),
                        there(message));
        };
    }

    private AgentId agentId() {
        return new AgentId(there(agent));
    }

    private static <T> T there(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
