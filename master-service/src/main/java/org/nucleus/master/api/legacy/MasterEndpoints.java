package org.nucleus.master.api.legacy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.nucleus.master.access.MasterAccess;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.api.Answers;
import org.nucleus.master.api.LeaderGate;
import org.nucleus.master.api.Replies;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Effect.Reply;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.election.Leadership;
import org.nucleus.master.election.MasterAddress;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.master.metrics.MasterMetrics;
import org.nucleus.wire.FrameworkId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What every master tells of itself, leading or not, and the few things an operator can do without the v1 API. */
@RestController
class MasterEndpoints {
    private final LeaderGate gate;
    private final Leadership leadership;
    private final MasterAccess access;
    private final MasterMetrics metrics;
    private final Replies replies;
    private final StateJson.Frame frame;

    MasterEndpoints(
            LeaderGate gate,
            Leadership leadership,
            MasterAccess access,
            MasterMetrics metrics,
            Replies replies,
            StateJson.Frame frame) {
        this.gate = gate;
        this.leadership = leadership;
        this.access = access;
        this.metrics = metrics;
        this.replies = replies;
        this.frame = frame;
    }

    @GetMapping({"/health", "/master/health"})
    void health(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
    }

    /** Claims the original's version, since clients compare it; our own stands beside it. */
    @GetMapping({"/version", "/version.json", "/master/version"})
    void version(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String own = Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                .orElse("development");
        JsonBody.send(request, response, json -> {
            json.writeStartObject();
            json.writeStringProperty("version", MasterAddress.COMPATIBLE_VERSION);
            json.writeStringProperty("nucleus_version", own);
            json.writeEndObject();
        });
    }

    @GetMapping({"/redirect", "/master/redirect"})
    void redirect(HttpServletResponse response) throws IOException {
        Optional<String> leader = leadership.leader();
        if (leader.isEmpty()) {
            Answers.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "No leader elected");
            return;
        }
        response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
        response.setHeader("Location", "//" + leader.get());
    }

    @GetMapping({"/flags", "/flags.json", "/master/flags", "/master/flags.json"})
    void flags(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!new Viewer(access.caller().grants()).seesFlags()) {
            Answers.send(response, HttpServletResponse.SC_FORBIDDEN, "");
            return;
        }
        JsonBody.send(request, response, json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart("flags");
            frame.flags().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    @GetMapping({"/metrics/snapshot", "/master/metrics/snapshot"})
    void snapshot(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!new Viewer(access.caller().grants()).seesMetrics()) {
            Answers.send(response, HttpServletResponse.SC_FORBIDDEN, "");
            return;
        }
        Optional<MasterTerm> term = leadership.term();
        Picture picture = Picture.empty();
        try {
            picture = term.isPresent() ? term.get().picture() : Picture.empty();
        } catch (TimeoutException e) {
            Answers.busy(response);
            return;
        }
        Map<String, Double> values = metrics.snapshot(picture, term, replies.waiting());
        JsonBody.send(request, response, json -> {
            json.writeStartObject();
            values.forEach(json::writeNumberProperty);
            json.writeEndObject();
        });
    }

    @PostMapping({"/teardown", "/master/teardown"})
    void teardown(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<MasterTerm> term = gate.enter(request, response);
        if (term.isEmpty()) {
            return;
        }
        String framework = request.getParameter("frameworkId");
        if (framework == null) {
            Answers.send(response, 400, "Missing 'frameworkId' query parameter");
            return;
        }
        Caller caller = access.caller();
        Optional<Reply> reply = replies.ask(
                term.get().mailbox(),
                ticket -> new MasterInput.TeardownFramework(ticket, new FrameworkId(framework), caller));
        if (reply.isEmpty()) {
            Answers.busy(response);
            return;
        }
        Answers.send(response, reply.get().outcome().status(), reply.get().message());
    }
}
