package org.nucleus.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.ProtobufCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.executor.Call;
import org.nucleus.wire.executor.Event;

/**
 * A small executor, as a process of its own: it calls in protobuf and listens in JSON. What a task does is in its data:
 * {@code finish}, {@code stay}, or {@code die}, which ends the executor. A message comes back as it is.
 */
final class EchoExecutor {
    private static final int EVENT_MOST = 1 << 20;
    private static final long TRY_AGAIN_MILLIS = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI agent;
    private final FrameworkId framework;
    private final ExecutorId id;
    private final Map<Bytes, TaskStatus> unacknowledged = new LinkedHashMap<>();
    private final Map<TaskId, TaskInfo> unreported = new LinkedHashMap<>();

    private EchoExecutor(Map<String, String> environment) {
        this.agent = URI.create("http://" + environment.get("MESOS_AGENT_ENDPOINT") + "/slave(1)/api/v1/executor");
        this.framework = new FrameworkId(environment.get("MESOS_FRAMEWORK_ID"));
        this.id = new ExecutorId(environment.get("MESOS_EXECUTOR_ID"));
    }

    public static void main(String[] arguments) throws InterruptedException {
        EchoExecutor executor = new EchoExecutor(System.getenv());
        CountDownLatch never = new CountDownLatch(1);
        for (int tries = 0; tries < 300; tries++) {
            executor.subscribe();
            never.await(TRY_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
        System.exit(9);
    }

    private void subscribe() throws InterruptedException {
        List<Call.Update> updates = new ArrayList<>();
        unacknowledged.values().forEach(status -> updates.add(new Call.Update(status)));
        Call call = call(Call.Type.SUBSCRIBE)
                .subscribe(new Call.Subscribe(List.copyOf(unreported.values()), updates))
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request(call), HttpResponse.BodyHandlers.ofInputStream());
            System.out.println("subscribe " + answer.statusCode());
            if (answer.statusCode() == 200) {
                listen(new RecordIo.Reader(answer.body(), EVENT_MOST));
            }
        } catch (IOException e) {
            System.out.println("the agent is away: " + e.getMessage());
        }
    }

    private void listen(RecordIo.Reader events) throws IOException, InterruptedException {
        byte[] next = events.next();
        while (next != null) {
            Event event = JsonCodec.v1().decode(next, Event.class);
            System.out.println("event " + event.type());
            follow(event);
            next = events.next();
        }
    }

    private void follow(Event event) throws IOException, InterruptedException {
        switch (event.type()) {
            case LAUNCH -> launch(event.launch().task());
            case KILL -> update(event.kill().taskId(), TaskState.TASK_KILLED);
            case ACKNOWLEDGED -> unacknowledged.remove(event.acknowledged().uuid());
            case MESSAGE ->
                post(call(Call.Type.MESSAGE)
                        .message(new Call.Message(event.message().data()))
                        .build());
            case SHUTDOWN -> System.exit(0);
            default -> {}
        }
    }

    private void launch(TaskInfo task) throws IOException, InterruptedException {
        unreported.put(task.taskId(), task);
        String wish = new String(task.data().toByteArray(), StandardCharsets.UTF_8);
        if (wish.equals("die")) {
            System.exit(5);
        }
        update(task.taskId(), TaskState.TASK_RUNNING);
        if (wish.equals("finish")) {
            update(task.taskId(), TaskState.TASK_FINISHED);
        }
    }

    private void update(TaskId task, TaskState state) throws IOException, InterruptedException {
        UUID uuid = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        TaskStatus status = TaskStatus.builder()
                .taskId(task)
                .state(state)
                .source(TaskStatus.Source.SOURCE_EXECUTOR)
                .uuid(Bytes.of(bytes))
                .build();
        unacknowledged.put(Bytes.of(bytes), status);
        unreported.remove(task);
        post(call(Call.Type.UPDATE).update(new Call.Update(status)).build());
    }

    private void post(Call call) throws IOException, InterruptedException {
        int status =
                http.send(request(call), HttpResponse.BodyHandlers.ofString()).statusCode();
        System.out.println(call.type() + " " + status);
    }

    private Call.Builder call(Call.Type type) {
        return Call.builder().frameworkId(framework).executorId(id).type(type);
    }

    private HttpRequest request(Call call) {
        return HttpRequest.newBuilder(agent)
                .header("Content-Type", "application/x-protobuf")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(ProtobufCodec.v1().encode(call)))
                .build();
    }
}
