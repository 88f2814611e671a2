package org.nucleus.agent.api.operator;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Action;
import org.nucleus.agent.access.Viewer;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.executorlink.Encoding;
import org.nucleus.agent.nested.NestedContainer;
import org.nucleus.agent.nested.NestedContainers;
import org.nucleus.agent.nested.Refused;
import org.nucleus.agent.nested.Session;
import org.nucleus.wire.agent.Call;
import org.nucleus.wire.agent.Call.AttachContainerInput;
import org.nucleus.wire.agent.ProcessIo;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.RecordIo;

/**
 * The calls that last: sessions, and attaching to them. Source: slave/http.cpp, Http::launchNestedContainerSession,
 * attachContainerInput and attachContainerOutput.
 */
final class SessionCalls {
    private static final int RECORD_MOST = 4 << 20;

    private final ContainerCalls containers;
    private final NestedContainers nested;
    private final Duration heartbeat;

    SessionCalls(ContainerCalls containers, NestedContainers nested, Duration heartbeat) {
        this.containers = containers;
        this.nested = nested;
        this.heartbeat = heartbeat;
    }

    /** Starts a container whose output is the answer, and which ends when nobody reads that any more. */
    void launch(Call.LaunchNestedContainerSession call, Framing framing, Viewer viewer, HttpServletResponse response)
            throws Refused, IOException, InterruptedException {
        NestedContainer container = containers.launch(
                ContainerCalls.Wanted.session(call.containerId(), call.command(), call.container()), viewer);
        try {
            attach(container, framing, response);
        } finally {
            nested.kill(container, Signal.KILL);
        }
    }

    void attachOutput(Call.AttachContainerOutput call, Framing framing, Viewer viewer, HttpServletResponse response)
            throws Refused, InterruptedException {
        attach(containers.attachable(call.containerId(), Action.ATTACH_CONTAINERS_OUTPUT, viewer), framing, response);
    }

    private void attach(NestedContainer container, Framing framing, HttpServletResponse response)
            throws InterruptedException {
        Session session = container.attachable().orElseThrow();
        Attachment attachment = new Attachment(framing, heartbeat);
        session.listen(attachment);
        try {
            attachment.serve(response);
        } finally {
            session.forget(attachment);
        }
    }

    /**
     * Reads calls from {@code in}: the first names a container, the others are for its input. Returns when the caller
     * has said all; the input stays open unless it was closed by an empty part.
     */
    void attachInput(InputStream in, Encoding messages, Viewer viewer)
            throws Refused, IOException, InterruptedException {
        RecordIo.Reader records = new RecordIo.Reader(in, RECORD_MOST);
        AttachContainerInput first = next(records, messages)
                .orElseThrow(() -> new Refused(400, "Received no call: expecting one with the container's id"));
        if (first.type() != AttachContainerInput.Type.CONTAINER_ID || first.containerId() == null) {
            throw new Refused(400, "Expecting 'attach_container_input.container_id' to be present");
        }
        Session session = containers
                .attachable(first.containerId(), Action.ATTACH_CONTAINERS_INPUT, viewer)
                .attachable()
                .orElseThrow();
        Optional<AttachContainerInput> part = next(records, messages);
        while (part.isPresent()) {
            take(part.get(), session);
            part = next(records, messages);
        }
    }

    private static void take(AttachContainerInput part, Session session) throws Refused {
        ProcessIo io = part.processIo();
        if (part.type() != AttachContainerInput.Type.PROCESS_IO || io == null) {
            throw new Refused(400, "Expecting 'attach_container_input.process_io' to be present");
        }
        ProcessIo.Data data = io.data();
        if (data != null) {
            write(data, session);
        } else if (io.control() != null && io.control().type() == ProcessIo.Control.Type.TTY_INFO) {
            throw new Refused(400, "The container has no terminal");
        }
    }

    private static void write(ProcessIo.Data data, Session session) throws Refused {
        if (data.type() != ProcessIo.Data.Type.STDIN) {
            throw new Refused(400, "Expecting 'process_io.data.type' to be STDIN");
        }
        try {
            session.write(bytes(data));
        } catch (IOException e) {
            throw new Refused(400, "The container takes no input any more: " + e.getMessage());
        }
    }

    private static byte[] bytes(ProcessIo.@Nullable Data data) {
        return data == null || data.data() == null ? new byte[0] : data.data().toByteArray();
    }

    private static Optional<AttachContainerInput> next(RecordIo.Reader records, Encoding messages)
            throws Refused, IOException {
        byte[] record = records.next();
        if (record == null) {
            return Optional.empty();
        }
        try {
            Call call = messages.decode(record, Call.class);
            if (call.type() != Call.Type.ATTACH_CONTAINER_INPUT || call.attachContainerInput() == null) {
                throw new Refused(
                        501,
                        "Received call of type " + call.type() + " in a stream: only ATTACH_CONTAINER_INPUT is one");
            }
            return Optional.of(call.attachContainerInput());
        } catch (BadMessage e) {
            throw new Refused(400, "Failed to parse a record into Call: " + e.getMessage());
        }
    }
}
