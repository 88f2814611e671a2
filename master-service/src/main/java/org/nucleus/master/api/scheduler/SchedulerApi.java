package org.nucleus.master.api.scheduler;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.access.MasterAccess;
import org.nucleus.master.api.Answers;
import org.nucleus.master.api.CallBody;
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
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/v1/scheduler}. The order of the checks is observable and kept: leader, recovered, method, content
 * type, body, validity, accepted types, stream id; the rest is decided by the machine. Source: master/http.cpp,
 * Master::Http::scheduler.
 */
@RestController
class SchedulerApi {
    private static final String STREAM_ID = "Mesos-Stream-Id";
    /** The answers to one reconciliation of all tasks of a large framework come at once. */
    private static final int EVENTS_WAITING_MOST = 250_000;

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final LeaderGate gate;
    private final MasterAccess access;
    private final PeerStreams streams;
    private final Replies replies;

    SchedulerApi(LeaderGate gate, MasterAccess access, SchedulerStreams streams, Replies replies) {
        this.gate = gate;
        this.access = access;
        this.streams = streams.peers();
        this.replies = replies;
    }

    @RequestMapping({
        "/api/v1/scheduler",
        "/api/v1/scheduler/**",
        "/master/api/v1/scheduler",
        "/master/api/v1/scheduler/**"
    })
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<MasterTerm> term = gate.enter(request, response);
        if (term.isEmpty()) {
            return;
        }
        Optional<Call> call = CallBody.read(request, response, Call.class);
        if (call.isPresent()) {
            serve(term.get(), call.get(), request, response);
        }
    }

    private void serve(MasterTerm term, Call call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<String> fault = CallValidation.fault(call, access.caller().principal());
        if (fault.isPresent()) {
            Answers.send(response, 400, "Failed to validate scheduler::Call: " + fault.get());
            return;
        }
        Optional<Encoding> accepted = Encoding.accepted(request.getHeader("Accept"));
        boolean answersWithMessage =
                call.type() == Call.Type.SUBSCRIBE || call.type() == Call.Type.RECONCILE_OPERATIONS;
        if (answersWithMessage && accepted.isEmpty()) {
            Answers.send(response, 406, "Expecting 'Accept' to allow application/json or application/x-protobuf");
            return;
        }
        String streamId = request.getHeader(STREAM_ID);
        if (call.type() != Call.Type.SUBSCRIBE) {
            answer(term, call, streamId, response);
        } else if (streamId != null) {
            Answers.send(response, 400, "Subscribe calls should not include the '" + STREAM_ID + "' header");
        } else {
            subscribe(term, call, accepted.orElse(Encoding.JSON), response);
        }
    }

    private void answer(MasterTerm term, Call call, @Nullable String streamId, HttpServletResponse response)
            throws IOException {
        StreamId stream = streamId == null ? null : new StreamId(streamId);
        Caller caller = access.caller();
        Function<Ticket, MasterInput> input = ticket -> new MasterInput.SchedulerCall(ticket, stream, call, caller);
        if (stream != null && isAnsweredAtOnce(call) && streams.isOf(framework(call), stream, caller.principal())) {
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

    private static @Nullable String framework(Call call) {
        return call.frameworkId() == null ? null : call.frameworkId().value();
    }

    /**
     * Calls whose 202 says that they were taken in, not what became of them: the framework hears of that by events, and
     * reconciles after a failover. Those with a result wait for it.
     */
    private static boolean isAnsweredAtOnce(Call call) {
        return switch (Objects.requireNonNull(call.type())) {
            case ACCEPT,
                    DECLINE,
                    ACCEPT_INVERSE_OFFERS,
                    DECLINE_INVERSE_OFFERS,
                    REVIVE,
                    SUPPRESS,
                    KILL,
                    SHUTDOWN,
                    ACKNOWLEDGE,
                    RECONCILE,
                    MESSAGE,
                    REQUEST -> true;
            case UNKNOWN, SUBSCRIBE, TEARDOWN, ACKNOWLEDGE_OPERATION_STATUS, RECONCILE_OPERATIONS, UPDATE_FRAMEWORK ->
                false;
        };
    }

    private void subscribe(MasterTerm term, Call call, Encoding encoding, HttpServletResponse response)
            throws IOException {
        byte[] heartbeat = RecordIo.frame(
                encoding.encode(Event.builder().type(Event.Type.HEARTBEAT).build()));
        StreamId id = new StreamId(UUID.randomUUID().toString());
        Caller caller = access.caller();
        response.setHeader(STREAM_ID, id.value());
        streams.serve(
                term.mailbox(),
                new PeerStreams.Peer(id, caller.principal(), encoding, EVENTS_WAITING_MOST, heartbeat, HEARTBEAT),
                new MasterInput.Subscribe(id, call, caller),
                new MasterInput.SchedulerStreamClosed(id),
                response);
    }
}
