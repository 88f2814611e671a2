package org.nucleus.master.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nucleus.master.core.state.TaskTable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/** What becomes of a task by a status, for every pair of states. */
class StatusesTest {

    static Stream<Arguments> pairs() {
        return Arrays.stream(TaskState.values())
                .flatMap(from -> Arrays.stream(TaskState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("pairs")
    void anyStateMayFollowOneThatIsNotTerminal(TaskState from, TaskState to) {
        boolean ended = TaskTable.isTerminal(from);
        Task moved = Statuses.applied(task(from, List.of()), status(to), to, ended);
        assertThat(moved.state()).isEqualTo(ended ? from : to);
    }

    @Test
    void eightStatesAreTerminal() {
        assertThat(Arrays.stream(TaskState.values()).filter(TaskTable::isTerminal))
                .containsExactly(
                        TaskState.TASK_FINISHED,
                        TaskState.TASK_FAILED,
                        TaskState.TASK_KILLED,
                        TaskState.TASK_ERROR,
                        TaskState.TASK_LOST,
                        TaskState.TASK_DROPPED,
                        TaskState.TASK_GONE,
                        TaskState.TASK_GONE_BY_OPERATOR);
    }

    @Test
    void oneStatusOfEachStateIsKeptWithoutItsData() {
        Task task =
                task(TaskState.TASK_RUNNING, List.of(status(TaskState.TASK_STARTING), status(TaskState.TASK_RUNNING)));
        TaskStatus healthy = status(TaskState.TASK_RUNNING).toBuilder()
                .healthy(true)
                .data(Bytes.of(new byte[] {1}))
                .build();
        Task moved = Statuses.applied(task, healthy, TaskState.TASK_RUNNING, false);
        assertThat(moved.statuses())
                .containsExactly(
                        status(TaskState.TASK_STARTING),
                        healthy.toBuilder().data(null).build());
    }

    private static Task task(TaskState state, List<TaskStatus> statuses) {
        return Task.builder()
                .name("t")
                .taskId(new TaskId("t"))
                .frameworkId(new FrameworkId("f"))
                .agentId(new AgentId("a"))
                .state(state)
                .statuses(statuses)
                .build();
    }

    private static TaskStatus status(TaskState state) {
        return TaskStatus.builder().taskId(new TaskId("t")).state(state).build();
    }
}
