package org.nucleus.marathon.core.state;

import java.util.List;

/** Actions of a deployment that may go on side by side; the next step waits for all of them. */
public record PlanStep(List<Action> actions) {
    public PlanStep {
        actions = List.copyOf(actions);
    }

    /** What happens to one app. */
    public record Action(Kind kind, AppPath app) {}

    /** The kinds of action. */
    public enum Kind {
        START("StartApplication"),
        STOP("StopApplication"),
        SCALE("ScaleApplication"),
        RESTART("RestartApplication");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
