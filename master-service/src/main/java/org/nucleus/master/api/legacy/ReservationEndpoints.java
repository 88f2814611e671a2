package org.nucleus.master.api.legacy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nucleus.master.access.MasterAccess;
import org.nucleus.master.api.Answers;
import org.nucleus.master.api.LeaderGate;
import org.nucleus.master.api.Replies;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Effect.Reply;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.service.http.BoundedBody;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.Resource;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.JsonCodec;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reservations and volumes by the endpoints of before the v1 API: a form in the body, {@code slaveId} with a JSON array
 * as {@code resources} or {@code volumes}. Source: master/http.cpp, Master::Http::reserve and its like.
 */
@RestController
class ReservationEndpoints {
    private static final int BODY_MOST = 4 << 20;

    private final LeaderGate gate;
    private final MasterAccess access;
    private final Replies replies;

    ReservationEndpoints(LeaderGate gate, MasterAccess access, Replies replies) {
        this.gate = gate;
        this.access = access;
        this.replies = replies;
    }

    @RequestMapping({"/reserve", "/master/reserve"})
    void reserve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        operate(
                request,
                response,
                "resources",
                resources -> Operation.builder()
                        .type(Operation.Type.RESERVE)
                        .reserve(new Operation.Reserve(List.of(), resources)));
    }

    @RequestMapping({"/unreserve", "/master/unreserve"})
    void unreserve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        operate(
                request,
                response,
                "resources",
                resources -> Operation.builder()
                        .type(Operation.Type.UNRESERVE)
                        .unreserve(new Operation.Unreserve(resources)));
    }

    @RequestMapping({"/create-volumes", "/master/create-volumes"})
    void createVolumes(HttpServletRequest request, HttpServletResponse response) throws IOException {
        operate(
                request,
                response,
                "volumes",
                volumes -> Operation.builder().type(Operation.Type.CREATE).create(new Operation.Create(volumes)));
    }

    @RequestMapping({"/destroy-volumes", "/master/destroy-volumes"})
    void destroyVolumes(HttpServletRequest request, HttpServletResponse response) throws IOException {
        operate(
                request,
                response,
                "volumes",
                volumes -> Operation.builder().type(Operation.Type.DESTROY).destroy(new Operation.Destroy(volumes)));
    }

    private void operate(
            HttpServletRequest request,
            HttpServletResponse response,
            String what,
            Function<List<Resource>, Operation.Builder> operation)
            throws IOException {
        Optional<MasterTerm> term = gate.enter(request, response);
        if (term.isEmpty()) {
            return;
        }
        if (!request.getMethod().equals("POST")) {
            Answers.methodNotAllowed(response, "POST");
            return;
        }
        try {
            Map<String, String> form = form(request);
            AgentId agent = new AgentId(required(form, "slaveId"));
            Operation whole =
                    operation.apply(resources(what, required(form, what))).build();
            Caller caller = access.caller();
            Optional<Reply> reply =
                    replies.ask(term.get().mailbox(), ticket -> new MasterInput.Operate(ticket, agent, whole, caller));
            if (reply.isEmpty()) {
                Answers.busy(response);
            } else {
                Answers.send(
                        response, reply.get().outcome().status(), reply.get().message());
            }
        } catch (BadMessage e) {
            Answers.send(response, 400, String.valueOf(e.getMessage()));
        } catch (BoundedBody.TooLarge e) {
            Answers.send(response, 413, e.getMessage());
        }
    }

    private static Map<String, String> form(HttpServletRequest request) throws IOException {
        String body = new String(BoundedBody.read(request, BODY_MOST), StandardCharsets.UTF_8);
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("[&;]", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
        }
        return form;
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadMessage("Unable to decode query string: " + e.getMessage());
        }
    }

    private static String required(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null) {
            throw new BadMessage("Missing '" + name + "' query parameter in the request body");
        }
        return value;
    }

    /** The array is read as the field of a message that holds one. */
    private static List<Resource> resources(String what, String json) {
        try {
            String message = "{\"resources\":" + json + "}";
            return JsonCodec.v1()
                    .decode(message.getBytes(StandardCharsets.UTF_8), Operation.Unreserve.class)
                    .resources();
        } catch (BadMessage e) {
            throw new BadMessage(
                    "Error in parsing '" + what + "' query parameter in the request body: " + e.getMessage());
        }
    }
}
