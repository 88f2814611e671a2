package org.nucleus.agent.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.executorlink.Encoding;
import org.nucleus.agent.executorlink.ExecutorLinks;
import org.nucleus.agent.outbound.Inbox;
import org.nucleus.service.http.BoundedBody;
import org.nucleus.service.stream.EventStream;
import org.nucleus.service.stream.EventStreams;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.executor.Call;
import org.nucleus.wire.executor.Event;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/v1/executor}. The order of the checks is observable and kept: method, content type, body, validity,
 * accepted types; the rest is decided by the machine. Source: slave/http.cpp, Http::executor.
 */
@RestController
class ExecutorApi {
    private static final int BODY_MOST = 64 << 20;
    private static final int EVENTS_WAITING_MOST = 10_000;
    private static final Duration HEARTBEAT = Duration.ofMinutes(30);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final ExecutorLinks links;
    private final EventStreams streams;
    private final Inbox inbox;

    ExecutorApi(ExecutorLinks links, EventStreams streams, Inbox inbox) {
        this.links = links;
        this.streams = streams;
        this.inbox = inbox;
    }

    @RequestMapping(ExecutorLinks.PATH)
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            send(response, 405, "Expecting one of { 'POST' }.");
            return;
        }
        if (request.getContentType() == null) {
            send(response, 400, "Expecting 'Content-Type' to be present");
            return;
        }
        Optional<Encoding> encoding = Encoding.ofContentType(request.getContentType());
        if (encoding.isEmpty()) {
            send(response, 415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
            return;
        }
        try {
            serve(encoding.get().decode(BoundedBody.read(request, BODY_MOST), Call.class), request, response);
        } catch (BadMessage e) {
            send(response, 400, unparsed(encoding.get(), e) + e.getMessage());
        } catch (BoundedBody.TooLarge e) {
            send(response, 413, e.getMessage());
        }
    }

    private void serve(Call call, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        Optional<String> fault = ExecutorCallRules.fault(call);
        if (fault.isPresent()) {
            send(response, 400, "Failed to validate executor::Call: " + fault.get());
            return;
        }
        Optional<Encoding> accepted = Encoding.accepted(request.getHeader("Accept"));
        switch (call.type()) {
            case SUBSCRIBE -> {
                if (accepted.isEmpty()) {
                    send(response, 406, "Expecting 'Accept' to allow application/json or application/x-protobuf");
                } else {
                    subscribe(call, accepted.get(), response);
                }
            }
            case UPDATE, MESSAGE -> answer(response, links.ask(ticket -> new AgentInput.ExecutorCalled(ticket, call)));
            case HEARTBEAT -> send(response, ACCEPTED, "");
            case UNKNOWN -> send(response, 501, "Received 'UNKNOWN' call");
            case null -> send(response, 400, "Expecting 'type' to be present");
        }
    }

    private void subscribe(Call call, Encoding encoding, HttpServletResponse response)
            throws IOException, InterruptedException {
        byte[] heartbeat = RecordIo.frame(
                encoding.encode(Event.builder().type(Event.Type.HEARTBEAT).build()));
        EventStream stream = streams.open(
                response, EventStream.Settings.of(encoding.mediaType(), EVENTS_WAITING_MOST, heartbeat, HEARTBEAT));
        long number = links.open(stream, encoding);
        Optional<Effect.AnswerExecutor> answer =
                links.ask(ticket -> new AgentInput.ExecutorSubscribed(ticket, number, call));
        if (answer.filter(given -> given.status() == OK).isEmpty()) {
            ended(number);
            answer(response, answer);
            return;
        }
        streams.serve(stream, _ -> ended(number));
    }

    private void ended(long number) {
        links.forget(number);
        inbox.tell(new AgentInput.ExecutorStreamClosed(number));
    }

    private static void answer(HttpServletResponse response, Optional<Effect.AnswerExecutor> answer)
            throws IOException {
        if (answer.isPresent()) {
            send(response, answer.get().status(), answer.get().message());
        } else {
            send(response, 503, "Agent has not finished recovery");
        }
    }

    private static void send(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        if (!text.isEmpty()) {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write(text);
        }
    }

    private static String unparsed(Encoding encoding, BadMessage why) {
        return switch (encoding) {
            case JSON ->
                why.isMalformed() ? "Failed to parse body into JSON: " : "Failed to convert JSON into Call protobuf: ";
            case PROTOBUF -> "Failed to parse body into Call protobuf: ";
        };
    }
}
