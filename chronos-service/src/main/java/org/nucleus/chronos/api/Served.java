package org.nucleus.chronos.api;

import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.leader.Leadership;
import org.nucleus.chronos.leader.Term;
import org.nucleus.chronos.view.ChronosView;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** What the controllers of this room share: the way to the term that answers, and the forms of answers. */
final class Served {
    private final Leadership leadership;

    Served(Leadership leadership) {
        this.leadership = leadership;
    }

    /** @throws NotLeading if this server does not lead */
    void leading() {
        term();
    }

    ChronosView view() {
        return term().view();
    }

    Job job(String name) {
        return view().job(name).orElseThrow(() -> new Refused("Job '" + name + "' not found"));
    }

    /** Hands a call to the core: 204 once it is durable. */
    ResponseEntity<String> done(LongFunction<ChronosInput.Asked> call) {
        return switch (ask(call)) {
            case Answer.Done _, Answer.Started _ ->
                ResponseEntity.noContent()
                        .header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
                        .build();
            case Answer other -> unexpected(other);
        };
    }

    /** @throws Refused with the core's sentence, which is all that a call may be answered beside what it asked for */
    static <T> T unexpected(Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            throw new Refused(refused.message());
        }
        throw new IllegalStateException("the core answered something else: " + answer);
    }

    Answer ask(LongFunction<ChronosInput.Asked> call) {
        return term().ask(call);
    }

    static ResponseEntity<byte[]> json(JsonNode node) {
        return json(HttpStatus.OK, node);
    }

    static ResponseEntity<byte[]> json(HttpStatus status, JsonNode node) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Term term() {
        return leadership.term().orElseThrow(() -> new NotLeading("This server does not lead (yet); try again"));
    }
}
