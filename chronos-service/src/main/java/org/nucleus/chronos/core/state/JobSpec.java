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
 * @param policy what the original had no words for
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
        List<Constraint> constraints,
        Policy policy) {
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

    /** What becomes of a run that is due while another goes on. To catch up with all, runs wait for each other. */
    public Policy.Overlap overlap() {
        Policy.Overlap asked =
                policy.overlap() != null ? policy.overlap() : concurrent ? Policy.Overlap.ALLOW : Policy.Overlap.SKIP;
        return asked == Policy.Overlap.SKIP && policy.catchUp() == Policy.CatchUp.ALL ? Policy.Overlap.QUEUE : asked;
    }

    public JobSpec withDisabled(boolean value) {
        return toBuilder().disabled(value).build();
    }

    public JobSpec withPaused(boolean value) {
        return toBuilder().policy(policy.withPaused(value)).build();
    }

    /** Zero resources and an empty user mean the configured ones. */
    public JobSpec withDefaults(ChronosSettings settings) {
        return toBuilder()
                .cpus(cpus == 0 ? settings.cpus() : cpus)
                .mem(mem == 0 ? settings.mem() : mem)
                .disk(disk == 0 ? settings.disk() : disk)
                .runAsUser(runAsUser.isEmpty() ? settings.user() : runAsUser)
                .build();
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** A changed copy. */
    public static final class Builder {
        private String name;
        private String command;
        private boolean shell;
        private List<String> arguments;
        private String executor;
        private String executorFlags;
        private String taskInfoData;
        private int retries;
        private String owner;
        private String ownerName;
        private String description;
        private double cpus;
        private double mem;
        private double disk;
        private boolean disabled;
        private boolean softError;
        private boolean dataProcessingJobType;
        private boolean highPriority;
        private boolean concurrent;
        private String runAsUser;
        private long maxCompletionTime;
        private @Nullable ContainerSpec container;
        private List<FetchUri> fetch;
        private List<EnvironmentVariable> environmentVariables;
        private List<Constraint> constraints;
        private Policy policy;

        private Builder(JobSpec spec) {
            name = spec.name;
            command = spec.command;
            shell = spec.shell;
            arguments = spec.arguments;
            executor = spec.executor;
            executorFlags = spec.executorFlags;
            taskInfoData = spec.taskInfoData;
            retries = spec.retries;
            owner = spec.owner;
            ownerName = spec.ownerName;
            description = spec.description;
            cpus = spec.cpus;
            mem = spec.mem;
            disk = spec.disk;
            disabled = spec.disabled;
            softError = spec.softError;
            dataProcessingJobType = spec.dataProcessingJobType;
            highPriority = spec.highPriority;
            concurrent = spec.concurrent;
            runAsUser = spec.runAsUser;
            maxCompletionTime = spec.maxCompletionTime;
            container = spec.container;
            fetch = spec.fetch;
            environmentVariables = spec.environmentVariables;
            constraints = spec.constraints;
            policy = spec.policy;
        }

        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder command(String value) {
            command = value;
            return this;
        }

        public Builder executor(String value) {
            executor = value;
            return this;
        }

        public Builder retries(int value) {
            retries = value;
            return this;
        }

        public Builder owner(String value) {
            owner = value;
            return this;
        }

        public Builder cpus(double value) {
            cpus = value;
            return this;
        }

        public Builder mem(double value) {
            mem = value;
            return this;
        }

        public Builder disk(double value) {
            disk = value;
            return this;
        }

        public Builder disabled(boolean value) {
            disabled = value;
            return this;
        }

        public Builder softError(boolean value) {
            softError = value;
            return this;
        }

        public Builder highPriority(boolean value) {
            highPriority = value;
            return this;
        }

        public Builder concurrent(boolean value) {
            concurrent = value;
            return this;
        }

        public Builder runAsUser(String value) {
            runAsUser = value;
            return this;
        }

        public Builder maxCompletionTime(long value) {
            maxCompletionTime = value;
            return this;
        }

        public Builder environmentVariables(List<EnvironmentVariable> value) {
            environmentVariables = value;
            return this;
        }

        public Builder constraints(List<Constraint> value) {
            constraints = value;
            return this;
        }

        public Builder policy(Policy value) {
            policy = value;
            return this;
        }

        public JobSpec build() {
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
                    cpus,
                    mem,
                    disk,
                    disabled,
                    softError,
                    dataProcessingJobType,
                    highPriority,
                    concurrent,
                    runAsUser,
                    maxCompletionTime,
                    container,
                    fetch,
                    environmentVariables,
                    constraints,
                    policy);
        }
    }
}
