package org.nucleus.benchmarks.swarm;

import java.util.List;
import java.util.stream.IntStream;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Label;
import org.nucleus.wire.Labels;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.Value;

/** Tasks as agents tell of them when they come back. */
public final class SimulatedTasks {
    private SimulatedTasks() {}

    /** An agent of a swarm: its number there, and the id that the master gave it. */
    public record Place(int index, AgentId agent) {}

    /** {@code count} running tasks on one agent, each with {@code labels} labels. */
    public static List<Task> running(Place place, FrameworkId framework, String role, int count, int labels) {
        List<Label> all = IntStream.range(0, labels)
                .mapToObj(i -> new Label("label-" + i, "value-of-label-" + i))
                .toList();
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String name = "t-" + place.index() + "-" + i;
                    return Task.builder()
                            .name(name)
                            .taskId(new TaskId(name))
                            .frameworkId(framework)
                            .executorId(new ExecutorId(name))
                            .agentId(place.agent())
                            .state(TaskState.TASK_RUNNING)
                            .resources(List.of(scalar("cpus", 0.1, role), scalar("mem", 16, role)))
                            .labels(new Labels(all))
                            .build();
                })
                .toList();
    }

    /** @param role that it is allocated to; empty for a request, which need not say so */
    static Resource scalar(String name, double value, String role) {
        Resource.Builder resource =
                Resource.builder().name(name).type(Value.Type.SCALAR).scalar(new Value.Scalar(value));
        return role.isEmpty()
                ? resource.build()
                : resource.allocationInfo(new Resource.AllocationInfo(role)).build();
    }
}
