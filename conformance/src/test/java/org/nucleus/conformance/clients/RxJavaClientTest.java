package org.nucleus.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.mesosphere.mesos.rx.java.AwaitableSubscription;
import com.mesosphere.mesos.rx.java.SinkOperation;
import com.mesosphere.mesos.rx.java.SinkOperations;
import com.mesosphere.mesos.rx.java.protobuf.ProtobufMesosClientBuilder;
import com.mesosphere.mesos.rx.java.protobuf.SchedulerCalls;
import com.mesosphere.mesos.rx.java.util.UserAgentEntries;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import rx.Observable;

/** The client {@code com.mesosphere.mesos.rx.java} 0.2.0, in protobuf, as a framework of one task. */
@SharedCluster
class RxJavaClientTest {
    private static final TaskID TASK = TaskID.newBuilder().setValue("rx-task").build();
    private static final long MOST_SECONDS = 120;

    private final URI scheduler;
    private final BlockingQueue<TaskState> states = new LinkedBlockingQueue<>();
    private final FrameworkID id =
            FrameworkID.newBuilder().setValue("rx-" + UUID.randomUUID()).build();
    private boolean launched;

    RxJavaClientTest(Master master) {
        this.scheduler = master.peer().address().resolve(Framework.PATH);
    }

    @Test
    void subscribesLaunchesAcknowledgesAndKills() throws Exception {
        AwaitableSubscription stream = ProtobufMesosClientBuilder.schedulerUsingProtos()
                .mesosUri(scheduler)
                .applicationUserAgentEntry(UserAgentEntries.literal("conformance", "1"))
                .subscribe(SchedulerCalls.subscribe(id, Framework.USER, "rx", 0))
                .processStream(events -> events.flatMap(event -> Observable.from(answers(event))))
                .build()
                .openStream();
        try {
            List<TaskState> seen = new ArrayList<>();
            while (!seen.contains(TaskState.TASK_KILLED)) {
                TaskState state = states.poll(MOST_SECONDS, TimeUnit.SECONDS);
                assertThat(state).as("after " + seen).isNotNull();
                seen.add(state);
            }
            assertThat(seen)
                    .containsSubsequence(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLED);
        } finally {
            stream.unsubscribe();
        }
    }

    private List<Optional<SinkOperation<Call>>> answers(Event event) {
        List<Optional<SinkOperation<Call>>> calls = new ArrayList<>();
        switch (event.getType()) {
            case OFFERS -> event.getOffers().getOffersList().forEach(offer -> calls.add(sink(answer(offer))));
            case UPDATE -> {
                TaskStatus status = event.getUpdate().getStatus();
                states.add(status.getState());
                calls.add(sink(SchedulerCalls.ackUpdate(id, status.getUuid(), status.getAgentId(), TASK)));
                if (status.getState() == TaskState.TASK_RUNNING) {
                    calls.add(sink(call(Call.Type.KILL)
                            .setKill(Call.Kill.newBuilder().setTaskId(TASK))
                            .build()));
                }
            }
            default -> calls.add(Optional.empty());
        }
        return calls;
    }

    private static Optional<SinkOperation<Call>> sink(Call call) {
        return Optional.of(SinkOperations.sink(call));
    }

    private Call answer(Offer offer) {
        if (launched) {
            return SchedulerCalls.decline(id, List.of(offer.getId()));
        }
        launched = true;
        TaskInfo task = TaskInfo.newBuilder()
                .setName("rx")
                .setTaskId(TASK)
                .setAgentId(offer.getAgentId())
                .addResources(scalar("cpus", 0.1))
                .addResources(scalar("mem", 32))
                .setCommand(CommandInfo.newBuilder().setValue("sleep 1000"))
                .build();
        Offer.Operation launch = Offer.Operation.newBuilder()
                .setType(Offer.Operation.Type.LAUNCH)
                .setLaunch(Offer.Operation.Launch.newBuilder().addTaskInfos(task))
                .build();
        return call(Call.Type.ACCEPT)
                .setAccept(Call.Accept.newBuilder().addOfferIds(offer.getId()).addOperations(launch))
                .build();
    }

    private Call.Builder call(Call.Type type) {
        return Call.newBuilder().setFrameworkId(id).setType(type);
    }

    private static Resource scalar(String name, double value) {
        return Resource.newBuilder()
                .setName(name)
                .setRole("*")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(value))
                .build();
    }
}
