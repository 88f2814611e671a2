package org.nucleus.marathon.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.access.Rights;
import org.nucleus.marathon.api.format.QueueWriter;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.MarathonInput.AskQueue;
import org.nucleus.marathon.core.state.MarathonInput.ResetDelay;
import org.nucleus.marathon.core.state.Origin;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/queue}: what waits, and why. */
@RestController
class QueueController {
    private static final String PREFIX = "/v2/queue/";
    private static final String DELAY = "/delay";

    private final Machine machine;

    QueueController(Machine machine) {
        this.machine = machine;
    }

    @GetMapping(path = "/v2/queue", produces = "application/json")
    ResponseEntity<String> list(@RequestParam(name = "embed", required = false) @Nullable List<String> embed) {
        Answer answer = machine.ask(AskQueue::new);
        if (answer instanceof Answer.Queue queue) {
            Rights rights = machine.caller().rights();
            Answer.Queue seen = new Answer.Queue(queue.apps().stream()
                    .filter(waiting -> rights.mayView(waiting.app().id()))
                    .toList());
            return Answers.json(QueueWriter.write(seen, embed != null && embed.contains("lastUnusedOffers")));
        }
        throw Answers.refusal(answer);
    }

    @DeleteMapping("/v2/queue/**")
    ResponseEntity<String> reset(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (!path.endsWith(DELAY) || path.length() <= PREFIX.length() + DELAY.length()) {
            throw Bodies.refusal(404, "URI not found");
        }
        AppPath app = AppPath.of(path.substring(PREFIX.length(), path.length() - DELAY.length()));
        machine.caller().mustChange(List.of(app));
        Origin origin = machine.caller().origin();
        Answer answer = machine.ask(token -> new ResetDelay(token, app, origin));
        if (answer instanceof Answer.NotFound(var message)) {
            throw Bodies.notFound(message);
        }
        return ResponseEntity.noContent().build();
    }
}
