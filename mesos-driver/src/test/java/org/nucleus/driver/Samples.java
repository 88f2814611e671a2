package org.nucleus.driver;

import java.util.Arrays;
import java.util.List;
import org.apache.mesos.Protos;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Event;

/** Messages that tests of the drivers use. */
final class Samples {
    static final Protos.SlaveID AGENT =
            Protos.SlaveID.newBuilder().setValue("s1").build();
    static final Protos.FrameworkInfo FRAMEWORK = Protos.FrameworkInfo.newBuilder()
            .setUser("nobody")
            .setName("test")
            .setFailoverTimeout(60)
            .addRoles("ads")
            .addRoles("web")
            .addCapabilities(Protos.FrameworkInfo.Capability.newBuilder()
                    .setType(Protos.FrameworkInfo.Capability.Type.MULTI_ROLE))
            .build();
    private static final Bytes UUID = Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});

    private Samples() {}

    static Protos.OfferID offerId(String id) {
        return Protos.OfferID.newBuilder().setValue(id).build();
    }

    static Protos.TaskInfo task(String id) {
        return Protos.TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(Protos.TaskID.newBuilder().setValue(id))
                .setSlaveId(AGENT)
                .setCommand(Protos.CommandInfo.newBuilder().setValue("true"))
                .build();
    }

    static Protos.TaskStatus originalStatus(String task, boolean withUuid) {
        return OriginalMessages.toOriginal(
                status(task, TaskState.TASK_RUNNING, withUuid), Protos.TaskStatus::parseFrom);
    }

    static Event offers(String... ids) {
        List<Offer> offers = Arrays.stream(ids)
                .map(id -> Offer.builder()
                        .id(new OfferId(id))
                        .frameworkId(ScriptedMaster.ID)
                        .agentId(new AgentId("s1"))
                        .hostname("h1")
                        .build())
                .toList();
        return Event.builder()
                .type(Event.Type.OFFERS)
                .offers(new Event.Offers(offers))
                .build();
    }

    static Event update(String task, TaskState state, boolean withUuid) {
        return Event.builder()
                .type(Event.Type.UPDATE)
                .update(new Event.Update(status(task, state, withUuid)))
                .build();
    }

    private static TaskStatus status(String task, TaskState state, boolean withUuid) {
        return TaskStatus.builder()
                .taskId(new TaskId(task))
                .agentId(new AgentId("s1"))
                .state(state)
                .uuid(withUuid ? UUID : null)
                .build();
    }
}
