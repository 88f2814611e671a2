package org.nucleus.master.api.legacy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.access.MasterAccess;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.api.Answers;
import org.nucleus.master.api.LeaderGate;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.master.view.ConfiguredRoles;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** What the leader knows of the cluster. Followers send readers to it. */
@RestController
class StateEndpoints {
    private static final int TASKS_LISTED = 100;

    private final LeaderGate gate;
    private final MasterAccess access;
    private final StateJson.Frame frame;
    private final ConfiguredRoles roles;

    StateEndpoints(LeaderGate gate, MasterAccess access, StateJson.Frame frame, ConfiguredRoles roles) {
        this.gate = gate;
        this.access = access;
        this.frame = frame;
        this.roles = roles;
    }

    /** Writes one answer from the picture. */
    private interface Content {
        void write(JsonGenerator json, MasterTerm term, Picture picture, Viewer viewer);
    }

    @GetMapping({"/state", "/state.json", "/master/state", "/master/state.json"})
    void state(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                request,
                response,
                (json, term, picture, viewer) -> StateJson.writeState(json, term, picture, frame, viewer));
    }

    @GetMapping({"/state-summary", "/state-summary.json", "/master/state-summary", "/master/state-summary.json"})
    void summary(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                request,
                response,
                (json, term, picture, viewer) -> StateJson.writeSummary(json, term, picture, frame, viewer));
    }

    @GetMapping({"/slaves", "/slaves.json", "/master/slaves", "/master/slaves.json"})
    void agents(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Predicate<String> wanted = only(request.getParameter("slave_id"));
        answer(request, response, (json, term, picture, viewer) -> StateJson.writeAgents(json, picture, wanted));
    }

    @GetMapping({"/frameworks", "/frameworks.json", "/master/frameworks", "/master/frameworks.json"})
    void frameworks(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Predicate<String> wanted = only(request.getParameter("framework_id"));
        answer(
                request,
                response,
                (json, term, picture, viewer) -> StateJson.writeFrameworks(json, picture, viewer, wanted));
    }

    @GetMapping({"/tasks", "/tasks.json", "/master/tasks", "/master/tasks.json"})
    void tasks(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TaskList.Query query;
        try {
            query = new TaskList.Query(
                    number(request.getParameter("limit"), TASKS_LISTED),
                    Math.max(0, number(request.getParameter("offset"), 0)),
                    "asc".equals(request.getParameter("order")),
                    request.getParameter("framework_id"),
                    request.getParameter("task_id"));
        } catch (NumberFormatException e) {
            Answers.send(response, 400, "limit and offset must be numbers.");
            return;
        }
        answer(request, response, (json, term, picture, viewer) -> TaskList.write(json, picture, query, viewer));
    }

    @GetMapping({"/roles", "/roles.json", "/master/roles", "/master/roles.json"})
    void roles(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, (json, term, picture, viewer) -> RoleJson.writeRoles(json, picture, roles, viewer));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Content content) throws IOException {
        Optional<MasterTerm> term = gate.enter(request, response);
        if (term.isEmpty()) {
            return;
        }
        Picture picture;
        try {
            picture = term.get().picture();
        } catch (TimeoutException e) {
            Answers.busy(response);
            return;
        }
        Viewer viewer = new Viewer(access.caller().grants());
        JsonBody.send(request, response, json -> content.write(json, term.get(), picture, viewer));
    }

    private static Predicate<String> only(@Nullable String id) {
        return id == null ? _ -> true : id::equals;
    }

    private static int number(@Nullable String text, int otherwise) {
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
