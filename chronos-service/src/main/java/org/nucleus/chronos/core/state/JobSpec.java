package org.nucleus.chronos.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as its author describes it, all but when it runs ({@link Plan}). Numbers keep the types of the original's JSON.
 *
 * @param container the container to run in; absent for a plain process
 * @param maxCompletionTime seconds; 0 for no limit
 * @param retries further attempts after a failed first one
 * @param softError a failure triggers the children too
 */
public record JobSpec(
        String name,
        String command,
        boolean shell,
        List<String> arguments,
        String executor,
        String executorFlags,
        String taskInfoData,
        int retries,
        String owner,
        String ownerName,
        String description,
        double cpus,
        double mem,
        double disk,
        boolean disabled,
        boolean softError,
        boolean dataProcessingJobType,
        boolean highPriority,
        boolean concurrent,
        String runAsUser,
        long maxCompletionTime,
        @Nullable ContainerSpec container,
        List<FetchUri> fetch,
        List<EnvironmentVariable> environmentVariables,
        List<Constraint> constraints) {
    public JobSpec {
        arguments = List.copyOf(arguments);
        fetch = List.copyOf(fetch);
        environmentVariables = List.copyOf(environmentVariables);
        constraints = List.copyOf(constraints);
    }

    /** One variable given to the task; those that Chronos sets itself win. */
    public record EnvironmentVariable(String name, String value) {}

    /** Something fetched into the sandbox before the command starts. {@code outputFile} may be empty. */
    public record FetchUri(String uri, String outputFile, boolean executable, boolean cache, boolean extract) {}

    public JobSpec withDisabled(boolean value) {
        return copy(cpus, mem, disk, runAsUser, value);
    }

    /** Zero resources and an empty user mean the configured ones. */
    public JobSpec withDefaults(ChronosSettings settings) {
        return copy(
                cpus == 0 ? settings.cpus() : cpus,
                mem == 0 ? settings.mem() : mem,
                disk == 0 ? settings.disk() : disk,
                runAsUser.isEmpty() ? settings.user() : runAsUser,
                disabled);
    }

    private JobSpec copy(double newCpus, double newMem, double newDisk, String newUser, boolean newDisabled) {
        return new JobSpec(
                name,
                command,
                shell,
                arguments,
                executor,
                executorFlags,
                taskInfoData,
                retries,
                owner,
                ownerName,
                description,
                newCpus,
                newMem,
                newDisk,
                newDisabled,
                softError,
                dataProcessingJobType,
                highPriority,
                concurrent,
                newUser,
                maxCompletionTime,
                container,
                fetch,
                environmentVariables,
                constraints);
    }
}
