package org.nucleus.marathon.api;

import java.util.List;
import java.util.function.Predicate;
import org.nucleus.marathon.access.Rights;
import org.nucleus.marathon.api.format.TaskWriter;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonInput.Kill;
import org.nucleus.marathon.core.state.MarathonInput.KillTasks;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.marathon.view.ClusterView;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tasks as clients list and kill them. */
@Component
class Tasks {
    private final ClusterView view;
    private final Machine machine;

    Tasks(ClusterView view, Machine machine) {
        this.view = view;
        this.machine = machine;
    }

    ResponseEntity<String> of(AppPath path) {
        return Answers.json(list(launched(path), false));
    }

    ResponseEntity<String> all(Predicate<Instance> wanted) {
        Rights rights = machine.caller().rights();
        List<Instance> found = view.apps().stream()
                .filter(app -> !app.isPod() && rights.mayView(app.id()))
                .flatMap(app -> view.instances(app.id()).stream())
                .filter(Instance::isLaunched)
                .filter(wanted)
                .toList();
        return Answers.json(list(found, true));
    }

    ResponseEntity<String> killAll(AppPath path, String host, Kill kill) {
        List<Instance> victims = launched(path).stream()
                .filter(one -> host.equals("*")
                        || one.run() != null && one.run().host().equals(host))
                .toList();
        return kill(victims, kill);
    }

    ResponseEntity<String> killOne(AppPath path, String task, Kill kill) {
        Instance victim = launched(path).stream()
                .filter(one -> one.taskId().equals(task) || one.id().value().equals(task))
                .findFirst()
                .orElseThrow(() -> Bodies.notFound("Task '" + task + "' does not exist"));
        Answer answer = ask(List.of(victim), kill);
        if (kill.scale()) {
            return Answers.deployed(answer);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("task", TaskWriter.write(victim, view.app(path).orElse(null), view.findings(victim.id()), false));
        return Answers.json(body);
    }

    /** Kills {@code victims}; answers with them, or with the deployment that scales their apps down. */
    ResponseEntity<String> kill(List<Instance> victims, Kill kill) {
        Answer answer = ask(victims, kill);
        if (kill.scale()) {
            return Answers.deployed(answer);
        }
        return Answers.json(list(victims, false));
    }

    private Answer ask(List<Instance> victims, Kill kill) {
        if (kill.scale() && kill.wipe()) {
            throw Bodies.refusal(400, "You cannot use scale and wipe at the same time.");
        }
        machine.caller()
                .mustChange(victims.stream().map(Instance::app).distinct().toList());
        List<InstanceId> ids = victims.stream().map(Instance::id).toList();
        Origin origin = machine.caller().origin();
        Answer answer = machine.ask(token -> new KillTasks(token, ids, kill, origin));
        if (answer instanceof Answer.Killed || answer instanceof Answer.Deployed) {
            return answer;
        }
        throw Answers.refusal(answer);
    }

    private List<Instance> launched(AppPath path) {
        if (path.lastSegment().equals("*")) {
            return view.apps().stream()
                    .filter(app -> app.id().isBelow(path.parent()))
                    .flatMap(app -> view.instances(app.id()).stream())
                    .filter(Instance::isLaunched)
                    .toList();
        }
        App app = view.app(path).orElseThrow(() -> Bodies.notFound("App '" + path + "' does not exist"));
        return view.instances(app.id()).stream().filter(Instance::isLaunched).toList();
    }

    private ObjectNode list(List<Instance> instances, boolean servicePorts) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode tasks = body.putArray("tasks");
        instances.forEach(one -> tasks.add(
                TaskWriter.write(one, view.app(one.app()).orElse(null), view.findings(one.id()), servicePorts)));
        return body;
    }
}
