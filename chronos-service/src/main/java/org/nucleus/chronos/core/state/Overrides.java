package org.nucleus.chronos.core.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run has otherwise than its job; absent is as the job has it. Variables are added to the job's. */
public record Overrides(
        @Nullable String command,
        @Nullable Double cpus,
        @Nullable Double mem,
        @Nullable Double disk,
        @Nullable String runAsUser,
        List<JobSpec.EnvironmentVariable> environmentVariables) {
    /** As the job has it. */
    public static final Overrides NONE = new Overrides(null, null, null, null, null, List.of());

    public Overrides {
        environmentVariables = List.copyOf(environmentVariables);
    }

    /** What the run is to be like. */
    public JobSpec appliedTo(JobSpec job) {
        if (equals(NONE)) {
            return job;
        }
        List<JobSpec.EnvironmentVariable> variables = new ArrayList<>(job.environmentVariables());
        variables.addAll(environmentVariables);
        return job.toBuilder()
                .command(command == null ? job.command() : command)
                .cpus(cpus == null ? job.cpus() : cpus)
                .mem(mem == null ? job.mem() : mem)
                .disk(disk == null ? job.disk() : disk)
                .runAsUser(runAsUser == null ? job.runAsUser() : runAsUser)
                .environmentVariables(variables)
                .build();
    }
}
