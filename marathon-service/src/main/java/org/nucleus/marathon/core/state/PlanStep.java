package org.nucleus.marathon.core.state;

import java.util.List;

/** Actions of a deployment that may go on side by side; the next step waits for all of them. */
public record PlanStep(List<Action> actions) {
    public PlanStep {
        actions = List.copyOf(actions);
    }

    /** What happens to one app or pod. */
    public record Action(Kind kind, AppPath app, boolean pod) {
        public String wireName() {
            return pod ? kind.podName : kind.appName;
        }
    }

    /** The kinds of action. */
    public enum Kind {
        START("StartApplication", "StartPod"),
        STOP("StopApplication", "StopPod"),
        SCALE("ScaleApplication", "ScalePod"),
        RESTART("RestartApplication", "RestartPod");

        private final String appName;
        private final String podName;

        Kind(String appName, String podName) {
            this.appName = appName;
            this.podName = podName;
        }
    }
}
