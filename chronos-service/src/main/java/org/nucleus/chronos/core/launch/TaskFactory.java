package org.nucleus.chronos.core.launch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskInfo;

/** The task that a run becomes. Source: MesosTaskBuilder.scala. */
final class TaskFactory {
    private static final long NANOS = 1_000_000_000L;

    private TaskFactory() {}

    static List<Remainder.Want> wants(JobSpec job) {
        return List.of(
                Remainder.Want.of("cpus", job.cpus()),
                Remainder.Want.of("mem", job.mem()),
                Remainder.Want.of("disk", job.disk()));
    }

    static TaskInfo task(Run run, JobSpec job, Offer offer, List<Resource> resources) {
        TaskInfo.Builder task = TaskInfo.builder()
                .name("ChronosTask:" + job.name())
                .taskId(run.task())
                .agentId(offer.agentId())
                .resources(resources);
        if (job.maxCompletionTime() > 0) {
            task.maxCompletionTime(new DurationInfo(Math.multiplyExact(job.maxCompletionTime(), NANOS)));
        }
        if (job.container() != null) {
            task.container(Containers.info(job.container()));
        }
        Environment environment = environment(run, job, offer.hostname());
        if (job.executor().isEmpty()) {
            return task.command(command(run, job, environment)).build();
        }
        return task.executor(executor(run, job, environment, offer))
                .data(Bytes.of(data(job).getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /** Where the agent will keep the task's files; absent if the offer does not say how to reach it. */
    static Run.@Nullable Sandbox sandbox(Run run, JobSpec job, Offer offer) {
        if (offer.url() == null) {
            return null;
        }
        var address = offer.url().address();
        String host = address.hostname() == null ? offer.hostname() : address.hostname();
        return new Run.Sandbox(
                offer.url().scheme() + "://" + host + ":" + address.port(),
                "/frameworks/" + offer.frameworkId() + "/executors/" + executorId(run, job) + "/runs/latest");
    }

    /** The agent names the executor of a command after its task. */
    private static String executorId(Run run, JobSpec job) {
        return job.executor().isEmpty() ? run.task().value() : "chronos." + run.task();
    }

    private static CommandInfo command(Run run, JobSpec job, Environment environment) {
        List<CommandInfo.Uri> uris = uris(job);
        CommandInfo.Builder command = CommandInfo.builder()
                .environment(environment)
                .shell(job.shell())
                .user(job.runAsUser());
        if (isFetched(job.command())) {
            uris.add(CommandInfo.Uri.builder()
                    .value(job.command())
                    .executable(true)
                    .build());
            String file = "." + job.command().substring(job.command().lastIndexOf('/'));
            return line(run, job, file, command).uris(uris).build();
        }
        return line(run, job, job.command(), command).uris(uris).build();
    }

    /** In a shell, arguments follow the command as text; without one they are the argument vector after it. */
    private static CommandInfo.Builder line(Run run, JobSpec job, String value, CommandInfo.Builder command) {
        List<String> all = new ArrayList<>();
        all.add(value);
        all.addAll(job.arguments());
        if (!run.request().arguments().isEmpty()) {
            all.add(run.request().arguments());
        }
        return job.shell()
                ? command.value(String.join(" ", all))
                : command.value(value).arguments(all);
    }

    private static boolean isFetched(String command) {
        return command.startsWith("http://") || command.startsWith("https://") || command.startsWith("ftp://");
    }

    private static List<CommandInfo.Uri> uris(JobSpec job) {
        List<CommandInfo.Uri> uris = new ArrayList<>();
        for (JobSpec.FetchUri fetch : job.fetch()) {
            uris.add(new CommandInfo.Uri(
                    fetch.uri(),
                    fetch.executable(),
                    fetch.extract(),
                    fetch.cache(),
                    fetch.outputFile().isEmpty() ? null : fetch.outputFile()));
        }
        return uris;
    }

    private static ExecutorInfo executor(Run run, JobSpec job, Environment environment, Offer offer) {
        CommandInfo command = CommandInfo.builder()
                .value(job.executor())
                .environment(environment)
                .uris(uris(job))
                .user(job.runAsUser())
                .build();
        return ExecutorInfo.builder()
                .type(ExecutorInfo.Type.CUSTOM)
                .executorId(new ExecutorId(executorId(run, job)))
                .frameworkId(offer.frameworkId())
                .command(command)
                .name("Chronos executor of " + job.name())
                .source(run.task().value())
                .build();
    }

    private static String data(JobSpec job) {
        return job.taskInfoData().isEmpty() ? job.executorFlags() + "|" + job.command() : job.taskInfoData();
    }

    /** The job's own variables, then those of Chronos, which win. */
    private static Environment environment(Run run, JobSpec job, String hostname) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        job.environmentVariables().forEach(variable -> all.put(variable.name(), variable.value()));
        all.put("mesos_task_id", run.task().value());
        all.put("MESOS_TASK_ID", run.task().value());
        all.put("CHRONOS_JOB_OWNER", job.owner());
        all.put("CHRONOS_JOB_NAME", job.name());
        all.put("HOST", hostname);
        all.put("CHRONOS_RESOURCE_MEM", Double.toString(job.mem()));
        all.put("CHRONOS_RESOURCE_CPU", Double.toString(job.cpus()));
        all.put("CHRONOS_RESOURCE_DISK", Double.toString(job.disk()));
        all.put("CHRONOS_JOB_RUN_TIME", stamp(run));
        all.put("CHRONOS_JOB_RUN_ATTEMPT", Integer.toString(run.key().attempt()));
        all.put("CHRONOS_JOB_SCHEDULED_TIME", Long.toString(run.key().nominal().toEpochMilli()));
        return new Environment(all.entrySet().stream()
                .map(entry -> new Environment.Variable(
                        entry.getKey(), Environment.Variable.Type.VALUE, entry.getValue(), null))
                .toList());
    }

    private static String stamp(Run run) {
        String id = run.task().value();
        return id.substring("ct:".length(), id.indexOf(':', "ct:".length()));
    }
}
