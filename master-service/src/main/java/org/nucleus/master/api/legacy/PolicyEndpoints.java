package org.nucleus.master.api.legacy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.nucleus.master.access.MasterAccess;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.api.Answers;
import org.nucleus.master.api.LeaderGate;
import org.nucleus.master.api.Replies;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Effect.Reply;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.master.view.PolicyAnswers;
import org.nucleus.service.http.BoundedBody;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.master.Call;
import org.nucleus.wire.master.QuotaRequest;
import org.nucleus.wire.master.Schedule;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** What operators set, by the endpoints of before the v1 API. Source: master/master.cpp, the routes and their handlers. */
@RestController
class PolicyEndpoints {
    private static final int BODY_MOST = 4 << 20;

    private final LeaderGate gate;
    private final MasterAccess access;
    private final Replies replies;

    PolicyEndpoints(LeaderGate gate, MasterAccess access, Replies replies) {
        this.gate = gate;
        this.access = access;
        this.replies = replies;
    }

    /** What one viewer gets of a picture. */
    private interface Shown {
        void write(JsonGenerator json, Picture picture, Viewer viewer);
    }

    /** The message that one viewer gets of a picture. */
    private interface Told extends BiFunction<Picture, Viewer, String> {}

    /** The input that a body asks for. */
    private interface Reading {
        Function<Ticket, MasterInput> read(String body, Caller caller);
    }

    @RequestMapping({"/weights", "/master/weights"})
    void weights(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET" -> show(request, response, RoleJson::writeWeights);
            case "PUT" ->
                order(request, response, "update weights", (body, caller) -> {
                    var weights =
                            list(body, "weight_infos", Call.UpdateWeights.class).weightInfos();
                    return ticket -> new MasterInput.UpdateWeights(ticket, weights, caller);
                });
            default -> Answers.methodNotAllowed(response, "GET', 'PUT");
        }
    }

    @RequestMapping({"/quota", "/master/quota"})
    void quota(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET" ->
                tell(request, response, (picture, viewer) -> json(PolicyAnswers.quotas(picture, viewer::seesQuota)));
            case "POST" ->
                order(request, response, "set quota", (body, caller) -> {
                    QuotaRequest quota = one(body, QuotaRequest.class);
                    return ticket -> new MasterInput.SetQuota(ticket, quota, caller);
                });
            default -> Answers.methodNotAllowed(response, "GET', 'POST', 'DELETE");
        }
    }

    @RequestMapping({"/quota/{role}", "/master/quota/{role}"})
    void quotaOf(@PathVariable String role, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!request.getMethod().equals("DELETE")) {
            Answers.methodNotAllowed(response, "DELETE");
            return;
        }
        order(
                request,
                response,
                "remove quota",
                (_, caller) -> ticket -> new MasterInput.RemoveQuota(ticket, role, caller));
    }

    @RequestMapping({"/maintenance/schedule", "/master/maintenance/schedule"})
    void schedule(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET" ->
                tell(
                        request,
                        response,
                        (picture, viewer) ->
                                viewer.seesSchedule() ? json(picture.policy().schedule()) : "{}");
            case "POST" ->
                order(request, response, "maintenance schedule", (body, caller) -> {
                    Schedule schedule = one(body, Schedule.class);
                    return ticket -> new MasterInput.UpdateSchedule(ticket, schedule, caller);
                });
            default -> Answers.methodNotAllowed(response, "GET', 'POST");
        }
    }

    @RequestMapping({"/maintenance/status", "/master/maintenance/status"})
    void status(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET")) {
            Answers.methodNotAllowed(response, "GET");
            return;
        }
        tell(
                request,
                response,
                (picture, viewer) -> viewer.seesMaintenance() ? json(PolicyAnswers.maintenance(picture)) : "{}");
    }

    @RequestMapping({"/machine/down", "/master/machine/down"})
    void down(HttpServletRequest request, HttpServletResponse response) throws IOException {
        orderPosted(request, response, (body, caller) -> {
            var machines = list(body, "machines", Call.StartMaintenance.class).machines();
            return ticket -> new MasterInput.StartMaintenance(ticket, machines, caller);
        });
    }

    @RequestMapping({"/machine/up", "/master/machine/up"})
    void up(HttpServletRequest request, HttpServletResponse response) throws IOException {
        orderPosted(request, response, (body, caller) -> {
            var machines = list(body, "machines", Call.StopMaintenance.class).machines();
            return ticket -> new MasterInput.StopMaintenance(ticket, machines, caller);
        });
    }

    private void orderPosted(HttpServletRequest request, HttpServletResponse response, Reading reading)
            throws IOException {
        if (request.getMethod().equals("POST")) {
            order(request, response, "machines", reading);
        } else {
            Answers.methodNotAllowed(response, "POST");
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response, Shown shown) throws IOException {
        Optional<MasterTerm> term = gate.enter(request, response);
        if (term.isEmpty()) {
            return;
        }
        try {
            Picture picture = term.get().picture();
            Viewer viewer = new Viewer(access.caller().grants());
            JsonBody.send(request, response, json -> shown.write(json, picture, viewer));
        } catch (TimeoutException e) {
            Answers.busy(response);
        }
    }

    private void tell(HttpServletRequest request, HttpServletResponse response, Told told) throws IOException {
        show(request, response, (json, picture, viewer) -> json.writeRawValue(told.apply(picture, viewer)));
    }

    private void order(HttpServletRequest request, HttpServletResponse response, String what, Reading reading)
            throws IOException {
        Optional<MasterTerm> term = gate.enter(request, response);
        if (term.isEmpty()) {
            return;
        }
        Function<Ticket, MasterInput> input;
        try {
            String body = new String(BoundedBody.read(request, BODY_MOST), StandardCharsets.UTF_8);
            input = reading.read(body, access.caller());
        } catch (BadMessage e) {
            Answers.send(response, 400, "Failed to parse " + what + " request JSON: " + e.getMessage());
            return;
        } catch (BoundedBody.TooLarge e) {
            Answers.send(response, 413, e.getMessage());
            return;
        }
        Optional<Reply> reply = replies.ask(term.get().mailbox(), input);
        if (reply.isEmpty()) {
            Answers.busy(response);
            return;
        }
        Answers.send(response, reply.get().outcome().status(), reply.get().message());
    }

    private static <T extends Record> T one(String body, Class<T> type) {
        return JsonCodec.v1().decode(body.getBytes(StandardCharsets.UTF_8), type);
    }

    /** A bare array, which is no message, is read as the only field of the one that holds it today. */
    private static <T extends Record> T list(String body, String field, Class<T> type) {
        return one("{\"" + field + "\":" + body + "}", type);
    }

    private static String json(Record message) {
        return JsonCodec.v1().encodeToString(message);
    }
}
