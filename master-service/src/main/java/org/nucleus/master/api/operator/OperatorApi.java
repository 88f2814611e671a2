package org.nucleus.master.api.operator;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.nucleus.master.access.MasterAccess;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.api.Answers;
import org.nucleus.master.api.CallBody;
import org.nucleus.master.api.Encoding;
import org.nucleus.master.api.FiniteBody;
import org.nucleus.master.api.LeaderGate;
import org.nucleus.master.api.Replies;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Effect.Reply;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.service.files.AttachedFiles.Answer;
import org.nucleus.service.logging.LoggingLevel;
import org.nucleus.service.stream.EventStream;
import org.nucleus.service.stream.EventStreams;
import org.nucleus.wire.master.Call;
import org.nucleus.wire.master.Response;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/v1}, and below it whatever isn't the scheduler's: clients rely on the longest prefix being served.
 * Checks come in the original's order: leader, recovered, method, content type, body, validity, accepted types, access.
 * Source: master/http.cpp, Master::Http::api.
 */
@RestController
class OperatorApi {
    private static final int EVENTS_WAITING_MOST = 10_000;

    private final LeaderGate gate;
    private final MasterAccess access;
    private final Readers readers;
    private final Replies replies;
    private final EventStreams streams;
    private final LoggingLevel logging;

    /** Those who answer calls that change nothing. */
    record Readers(Questions questions, FileAnswers files) {}

    OperatorApi(
            LeaderGate gate,
            MasterAccess access,
            Readers readers,
            Replies replies,
            EventStreams streams,
            LoggingLevel logging) {
        this.gate = gate;
        this.access = access;
        this.readers = readers;
        this.replies = replies;
        this.streams = streams;
        this.logging = logging;
    }

    @RequestMapping({"/api/v1", "/api/v1/**", "/master/api/v1", "/master/api/v1/**"})
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        Optional<MasterTerm> term = gate.enter(request, response);
        if (term.isEmpty()) {
            return;
        }
        Optional<Call> call = CallBody.read(request, response, Call.class);
        if (call.isEmpty()) {
            return;
        }
        Optional<String> fault = Validation.fault(call.get());
        if (fault.isPresent()) {
            Answers.send(response, 400, "Failed to validate master::Call: " + fault.get());
            return;
        }
        Optional<Encoding> encoding = Encoding.accepted(request.getHeader("Accept"));
        if (encoding.isEmpty()) {
            Answers.send(response, 406, "Expecting 'Accept' to allow application/json or application/x-protobuf");
            return;
        }
        serve(term.get(), call.get(), encoding.get(), request, response);
    }

    private void serve(
            MasterTerm term, Call call, Encoding encoding, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        Caller caller = access.caller();
        Optional<Function<Ticket, MasterInput>> order = OperatorOrders.of(call, caller);
        if (order.isPresent()) {
            ask(term, order.get(), response);
            return;
        }
        switch (Objects.requireNonNull(call.type())) {
            case SUBSCRIBE -> subscribe(term, encoding, new Viewer(caller.grants()), response);
            case TEARDOWN -> {
                var framework = Objects.requireNonNull(call.teardown()).frameworkId();
                ask(term, ticket -> new MasterInput.TeardownFramework(ticket, framework, caller), response);
            }
            case MARK_AGENT_GONE -> {
                var agent = Objects.requireNonNull(call.markAgentGone()).agentId();
                ask(term, ticket -> new MasterInput.MarkAgentGone(ticket, agent, caller), response);
            }
            case SET_LOGGING_LEVEL -> setLoggingLevel(Objects.requireNonNull(call.setLoggingLevel()), caller, response);
            case LIST_FILES, READ_FILE -> openFile(call, encoding, request, response);
            case Call.Type type -> look(term, type, encoding, request, response);
        }
    }

    private void look(
            MasterTerm term,
            Call.Type type,
            Encoding encoding,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Viewer viewer = new Viewer(access.caller().grants());
        if (type == Call.Type.GET_FLAGS && !viewer.seesFlags()) {
            Answers.send(response, HttpServletResponse.SC_FORBIDDEN, "");
            return;
        }
        Optional<Response> answer;
        try {
            answer = readers.questions().answer(type, term, viewer);
        } catch (TimeoutException e) {
            Answers.busy(response);
            return;
        }
        if (answer.isEmpty()) {
            Answers.notServed(response, "The call " + type);
            return;
        }
        FiniteBody.send(request, response, encoding.mediaType(), encoding.encode(answer.get()));
    }

    private void openFile(Call call, Encoding encoding, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        switch (readers.files().answer(call)) {
            case Answer.Found<Response>(var found) ->
                FiniteBody.send(request, response, encoding.mediaType(), encoding.encode(found));
            case Answer.Refused<Response>(int status, String message) -> Answers.send(response, status, message);
        }
    }

    private void ask(MasterTerm term, Function<Ticket, MasterInput> input, HttpServletResponse response)
            throws IOException {
        Optional<Reply> reply = replies.ask(term.mailbox(), input);
        if (reply.isEmpty()) {
            Answers.busy(response);
            return;
        }
        Answers.send(response, reply.get().outcome().status(), reply.get().message());
    }

    private void setLoggingLevel(Call.SetLoggingLevel wanted, Caller caller, HttpServletResponse response)
            throws IOException {
        if (!new Viewer(caller.grants()).mayRaiseLogging()) {
            Answers.send(response, HttpServletResponse.SC_FORBIDDEN, "");
            return;
        }
        Optional<String> fault = logging.raise(
                Integer.toUnsignedLong(wanted.level()),
                Duration.ofNanos(wanted.duration().nanoseconds()));
        Answers.send(response, fault.isEmpty() ? 200 : 400, fault.orElse(""));
    }

    private void subscribe(MasterTerm term, Encoding encoding, Viewer viewer, HttpServletResponse response)
            throws IOException {
        EventStream stream = streams.open(
                response,
                EventStream.Settings.of(
                        encoding.mediaType(),
                        EVENTS_WAITING_MOST,
                        Watcher.heartbeat(encoding),
                        Duration.ofSeconds((long) Watcher.HEARTBEAT_SECONDS)));
        if (!term.watch(new Watcher(stream, encoding, viewer))) {
            Answers.busy(response);
            return;
        }
        streams.serve(stream, _ -> {});
    }
}
