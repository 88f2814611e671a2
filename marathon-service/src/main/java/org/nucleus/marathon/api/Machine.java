package org.nucleus.marathon.api;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.nucleus.marathon.access.Caller;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.MarathonInput.Asked;
import org.nucleus.marathon.core.state.MarathonInput.Change;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.MarathonInput.Rehearse;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.marathon.term.Leadership;
import org.nucleus.marathon.term.Questions;
import org.springframework.stereotype.Component;

/** How controllers ask the machine. */
@Component
class Machine {
    private static final int TRIES = 10;

    private final Leadership leadership;
    private final Questions questions;
    private final Caller caller;

    Machine(Leadership leadership, Questions questions, Caller caller) {
        this.leadership = leadership;
        this.questions = questions;
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }

    Answer ask(LongFunction<? extends Asked> question) {
        return questions.ask(leadership.term(), question);
    }

    /**
     * Makes the edits that {@code edits} gives for what is there now; once more if someone else was faster.
     */
    Answer change(Supplier<List<Edit>> edits, boolean force) {
        Origin origin = caller.origin();
        Answer answer = new Answer.Stale();
        for (int i = 0; i < TRIES && answer instanceof Answer.Stale; i++) {
            List<Edit> now = edits.get();
            caller.mustChange(now.stream().map(Edit::path).toList());
            answer = ask(token -> new Change(token, now, force, origin));
        }
        return answer;
    }

    /** What the edits would come to; nothing happens. */
    Answer.Rehearsed rehearse(List<Edit> edits) {
        caller.mustChange(edits.stream().map(Edit::path).toList());
        Answer answer = ask(token -> new Rehearse(token, edits));
        if (answer instanceof Answer.Rehearsed rehearsed) {
            return rehearsed;
        }
        throw Answers.refusal(answer);
    }
}
