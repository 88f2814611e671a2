package org.nucleus.master.api.agentlink;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.access.MasterAccess;
import org.nucleus.master.api.Answers;
import org.nucleus.master.api.Encoding;
import org.nucleus.master.api.LeaderGate;
import org.nucleus.master.api.PeerStreams;
import org.nucleus.master.api.Replies;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Effect.Reply;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.service.http.BoundedBody;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.RecordIo;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /agentlink/v1}: an agent's SUBSCRIBE opens its stream; its other calls name that stream. They come one in
 * a request, or as records of a request that lasts as long as the stream ({@code application/recordio}, with the
 * encoding of the records in {@code Message-Content-Type}): that one is answered when it ends, or at the first call
 * that is refused.
 */
@RestController
class AgentApi {
    private static final String STREAM_ID = "Mesos-Stream-Id";
    private static final String RECORDS = "application/recordio";
    private static final String RECORDS_ENCODING = "Message-Content-Type";
    private static final int BODY_MOST = 256 << 20;
    private static final int EVENTS_WAITING_MOST = 100_000;
    /** The machine pings; nothing else keeps the stream alive. */
    private static final Duration NO_HEARTBEAT = Duration.ofMinutes(1);

    private final LeaderGate gate;
    private final MasterAccess access;
    private final PeerStreams streams;
    private final Replies replies;

    AgentApi(LeaderGate gate, MasterAccess access, AgentStreams streams, Replies replies) {
        this.gate = gate;
        this.access = access;
        this.streams = streams.peers();
        this.replies = replies;
    }

    @PostMapping("/agentlink/v1")
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<MasterTerm> term = gate.enter(request, response);
        if (term.isEmpty()) {
            return;
        }
        String contentType = request.getContentType();
        if (RECORDS.equals(contentType)) {
            receive(term.get(), request, response);
            return;
        }
        Optional<Encoding> encoding = contentType == null ? Optional.empty() : Encoding.ofContentType(contentType);
        if (encoding.isEmpty()) {
            Answers.send(response, 415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
            return;
        }
        AgentCall call;
        try {
            call = encoding.get().decode(BoundedBody.read(request, BODY_MOST), AgentCall.class);
        } catch (BadMessage e) {
            Answers.send(response, 400, "Failed to read the call: " + e.getMessage());
            return;
        } catch (BoundedBody.TooLarge e) {
            Answers.send(response, 413, e.getMessage());
            return;
        }
        if (call.type() == AgentCall.Type.SUBSCRIBE && fault(call).isEmpty()) {
            subscribe(term.get(), call, encoding.get(), request, response);
        } else {
            answer(term.get(), call, request.getHeader(STREAM_ID), response);
        }
    }

    private void subscribe(
            MasterTerm term,
            AgentCall call,
            Encoding encoding,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        StreamId id = new StreamId(UUID.randomUUID().toString());
        Caller caller = access.caller();
        response.setHeader(STREAM_ID, id.value());
        streams.serve(
                term.mailbox(),
                new PeerStreams.Peer(id, caller.principal(), encoding, EVENTS_WAITING_MOST, null, NO_HEARTBEAT),
                new MasterInput.AgentSubscribe(id, call, caller, request.getRemoteAddr()),
                new MasterInput.AgentStreamClosed(id),
                response);
    }

    /** Takes in one call after the other. A full mailbox makes the agent wait: its calls stay in the connection. */
    private void receive(MasterTerm term, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Encoding> encoding =
                Optional.ofNullable(request.getHeader(RECORDS_ENCODING)).flatMap(Encoding::ofContentType);
        String streamId = request.getHeader(STREAM_ID);
        if (encoding.isEmpty() || streamId == null) {
            Answers.send(response, 400, "Records need '" + RECORDS_ENCODING + "' and '" + STREAM_ID + "'");
            return;
        }
        try {
            RecordIo.Reader records = new RecordIo.Reader(request.getInputStream(), BODY_MOST);
            for (byte[] record = records.next(); record != null; record = records.next()) {
                if (record.length == 0) {
                    continue; // says nothing but that the agent lives: an idle connection would be closed
                }
                AgentCall call = encoding.get().decode(record, AgentCall.class);
                if (!isTaken(term, call, new StreamId(streamId))) {
                    answer(term, call, streamId, response);
                    if (response.getStatus() != HttpServletResponse.SC_ACCEPTED) {
                        return;
                    }
                }
            }
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        } catch (BadMessage e) {
            Answers.send(response, 400, "Failed to read the call: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Answers.busy(response);
        }
    }

    /** Puts a call in the mailbox that is sure to be heard; false for one that must be looked at first. */
    private boolean isTaken(MasterTerm term, AgentCall call, StreamId stream) throws InterruptedException {
        if (fault(call).isPresent() || !isAnsweredAtOnce(call) || !isOfItsStream(call, stream)) {
            return false;
        }
        replies.put(term.mailbox(), ticket -> new MasterInput.AgentMessage(ticket, stream, call));
        return true;
    }

    private void answer(MasterTerm term, AgentCall call, @Nullable String streamId, HttpServletResponse response)
            throws IOException {
        Optional<String> fault = fault(call);
        if (fault.isPresent() || call.type() == AgentCall.Type.SUBSCRIBE) {
            Answers.send(response, 400, fault.orElse("SUBSCRIBE needs a request of its own"));
            return;
        }
        StreamId stream = streamId == null ? null : new StreamId(streamId);
        Function<Ticket, MasterInput> input = ticket -> new MasterInput.AgentMessage(ticket, stream, call);
        if (stream != null && isAnsweredAtOnce(call) && isOfItsStream(call, stream)) {
            if (replies.tell(term.mailbox(), input)) {
                response.setStatus(HttpServletResponse.SC_ACCEPTED);
            } else {
                Answers.busy(response);
            }
            return;
        }
        Optional<Reply> reply = replies.ask(term.mailbox(), input);
        if (reply.isEmpty()) {
            Answers.busy(response);
            return;
        }
        Answers.send(response, reply.get().outcome().status(), reply.get().message());
    }

    private boolean isOfItsStream(AgentCall call, StreamId stream) {
        String agent = call.agentId() == null ? null : call.agentId().value();
        return streams.isOf(agent, stream, access.caller().principal());
    }

    /** An agent resends updates until they are acknowledged, and brings its whole inventory to another master. */
    private static boolean isAnsweredAtOnce(AgentCall call) {
        return switch (call.type()) {
            case UPDATE, MESSAGE, EXITED_EXECUTOR, PONG, UPDATE_OPERATION -> true;
            case UNKNOWN, SUBSCRIBE, UNREGISTER -> false;
        };
    }

    private static Optional<String> fault(AgentCall call) {
        Record body = switch (call.type()) {
            case SUBSCRIBE -> call.subscribe();
            case UPDATE -> call.update();
            case MESSAGE -> call.message();
            case EXITED_EXECUTOR -> call.exitedExecutor();
            case UPDATE_OPERATION -> call.updateOperation();
            case PONG, UNREGISTER -> call.agentId();
            case UNKNOWN -> null;
        };
        return body == null ? Optional.of("The call has no type, or not what belongs to it") : Optional.empty();
    }
}
