package org.nucleus.marathon.core.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/** A network that a task joins. */
public record Network(Mode mode, @Nullable String name, Map<String, String> labels) {
    public Network {
        labels = Ordered.copyOf(labels);
    }

    /** Whose addresses the task has. */
    public enum Mode {
        HOST("host"),
        BRIDGE("container/bridge"),
        CONTAINER("container");

        private final String wireName;

        Mode(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
