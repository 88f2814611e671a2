package org.nucleus.chronos.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosInput.Timing;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Constraint;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Overrides;
import org.nucleus.chronos.core.state.Policy;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.Tally;
import org.nucleus.chronos.simulation.MemoryStore;
import org.nucleus.machine.Step;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Value;
import org.nucleus.wire.scheduler.Call;

/** One core with a store and a clock that a test moves. Keeps what the last input did. */
final class Scenario {
    static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    static final AgentId AGENT = new AgentId("S0");
    static final FrameworkId FRAMEWORK = new FrameworkId("f-0001");
    static final Bytes UUID = Bytes.of(new byte[16]);

    final MemoryStore store = new MemoryStore();
    private final ChronosSettings settings;
    private Chronos chronos;
    private Instant now = BEGIN;
    private Step<Change.Durable, Effect> last = Step.none();
    private int counter;

    Scenario() {
        this(0);
    }

    Scenario(int disableAfterFailures) {
        this(disableAfterFailures, 0);
    }

    Scenario(int disableAfterFailures, int ownerLimit) {
        settings = new ChronosSettings(
                0.1,
                128,
                256,
                "root",
                Duration.ofMinutes(1),
                disableAfterFailures,
                Duration.ofMinutes(10),
                5,
                Duration.ofDays(30),
                1_000,
                ownerLimit,
                true);
        chronos = new Chronos(settings);
        input(new ChronosInput.Elected(List.of(), List.of(), null));
        input(new ChronosInput.Subscribed(FRAMEWORK));
    }

    /** Another process takes over with what is stored; it is not subscribed yet. */
    Scenario failover() {
        chronos = new Chronos(settings);
        return input(store.recover());
    }

    Scenario input(ChronosInput input) {
        last = chronos.step(now, input);
        store.commit(last.durable());
        return this;
    }

    /** A step whose changes never reach the store, as when the process ends first. */
    Scenario lost(ChronosInput input) {
        last = chronos.step(now, input);
        return this;
    }

    Scenario later(Duration time) {
        now = now.plus(time);
        return this;
    }

    Scenario due(String job) {
        return input(new ChronosInput.TimerFired(new Alarm.JobDue(job)));
    }

    Scenario retryDue(Run run) {
        return input(new ChronosInput.TimerFired(new Alarm.RetryDue(run.key())));
    }

    Scenario put(String name, String schedule) {
        return put(spec(name), new Timing.OnSchedule(schedule, ""));
    }

    Scenario child(String name, String... parents) {
        return put(spec(name), new Timing.AfterParents(List.of(parents)));
    }

    Scenario put(JobSpec spec, Timing timing) {
        return input(new ChronosInput.PutJob(++counter, spec, timing, Tally.fresh(), false));
    }

    Scenario runNow(String job) {
        return input(new ChronosInput.RunJob(++counter, job, "", Overrides.NONE));
    }

    /** One offer with room for a hundred tasks. */
    Scenario offer() {
        return offer("host.example");
    }

    Scenario offer(String hostname, Attribute... attributes) {
        return input(new ChronosInput.OffersReceived(List.of(Offer.builder()
                .id(new OfferId("O" + ++counter))
                .frameworkId(FRAMEWORK)
                .agentId(AGENT)
                .hostname(hostname)
                .attributes(List.of(attributes))
                .resources(List.of(scalar("cpus", 10), scalar("mem", 12_800), scalar("disk", 25_600)))
                .build())));
    }

    Scenario status(TaskId task, TaskState state) {
        return input(new ChronosInput.StatusReceived(TaskStatus.builder()
                .taskId(task)
                .state(state)
                .agentId(AGENT)
                .uuid(UUID)
                .build()));
    }

    Scenario answered(TaskId task, TaskState state) {
        return input(new ChronosInput.StatusReceived(TaskStatus.builder()
                .taskId(task)
                .state(state)
                .agentId(AGENT)
                .reason(TaskStatus.Reason.REASON_RECONCILIATION)
                .build()));
    }

    /** Runs the job now, to the end; whatever waits beside it is launched too. */
    Scenario succeed(String job) {
        TaskInfo task = runNow(job).offer().launched().stream()
                .filter(launched -> launched.name().equals("ChronosTask:" + job))
                .findFirst()
                .orElseThrow();
        return status(task.taskId(), TaskState.TASK_FINISHED);
    }

    Job job(String name) {
        return Objects.requireNonNull(store.jobs().get(name), name);
    }

    List<Run> runs(String job) {
        return store.runs(job);
    }

    Run onlyRun(String job) {
        List<Run> runs = runs(job);
        if (runs.size() != 1) {
            throw new AssertionError(runs);
        }
        return runs.getFirst();
    }

    Answer answer() {
        return last.effects().stream()
                .filter(Effect.Reply.class::isInstance)
                .map(effect -> ((Effect.Reply) effect).answer())
                .findFirst()
                .orElseThrow();
    }

    List<Effect> effects() {
        return last.effects();
    }

    List<Call> calls(Call.Type type) {
        return last.effects().stream()
                .filter(Effect.SendCall.class::isInstance)
                .map(effect -> ((Effect.SendCall) effect).call())
                .filter(call -> call.type() == type)
                .toList();
    }

    /** What the last step launched. */
    List<TaskInfo> launched() {
        List<TaskInfo> tasks = new ArrayList<>();
        calls(Call.Type.ACCEPT)
                .forEach(call -> call.accept()
                        .operations()
                        .forEach(operation -> tasks.addAll(operation.launch().taskInfos())));
        return tasks;
    }

    TaskId launchedTask() {
        if (launched().size() != 1) {
            throw new AssertionError("expected one launch: " + last);
        }
        return launched().getFirst().taskId();
    }

    static JobSpec spec(String name) {
        return spec(name, false, false, List.of());
    }

    static JobSpec spec(String name, boolean softError, boolean concurrent, List<Constraint> constraints) {
        return new JobSpec(
                name,
                "true",
                true,
                List.of(),
                "",
                "",
                "",
                1,
                "",
                "",
                "",
                0,
                0,
                0,
                false,
                softError,
                false,
                false,
                concurrent,
                "",
                0,
                null,
                List.of(),
                List.of(),
                constraints,
                Policy.ORIGINAL);
    }

    static Resource scalar(String name, double value) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .build();
    }
}
