package org.nucleus.marathon.api;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.MarathonInput.Asked;
import org.nucleus.marathon.core.state.MarathonInput.Change;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.term.Leadership;
import org.nucleus.marathon.term.Questions;
import org.springframework.stereotype.Component;

/** How controllers ask the machine. */
@Component
class Machine {
    private static final int TRIES = 10;

    private final Leadership leadership;
    private final Questions questions;

    Machine(Leadership leadership, Questions questions) {
        this.leadership = leadership;
        this.questions = questions;
    }

    Answer ask(LongFunction<? extends Asked> question) {
        return questions.ask(leadership.term(), question);
    }

    /**
     * Makes the edits that {@code edits} gives for what is there now; once more if someone else was faster.
     */
    Answer change(Supplier<List<Edit>> edits, boolean force) {
        Answer answer = new Answer.Stale();
        for (int i = 0; i < TRIES && answer instanceof Answer.Stale; i++) {
            List<Edit> now = edits.get();
            answer = ask(token -> new Change(token, now, force));
        }
        return answer;
    }
}
