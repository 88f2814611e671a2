package org.nucleus.marathon.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.nucleus.machine.Ordered;

/** What a client's question came to. */
public sealed interface Answer {
    record Deployed(String deployment, Version version) implements Answer {}

    /** @param target each touched app as it would be; one that would go is in {@code original} alone */
    record Rehearsed(List<PlanStep> steps, Map<AppPath, App> original, Map<AppPath, App> target) implements Answer {
        public Rehearsed {
            steps = List.copyOf(steps);
            original = Ordered.copyOf(original);
            target = Ordered.copyOf(target);
        }
    }

    record Killed(List<Instance> instances) implements Answer {
        public Killed {
            instances = List.copyOf(instances);
        }
    }

    record Done() implements Answer {}

    record Queue(List<Waiting> apps) implements Answer {
        public Queue {
            apps = List.copyOf(apps);
        }
    }

    /** An app with instances that wait for offers. */
    record Waiting(App app, int count, Instant since, Duration delayLeft, OfferTally tally, boolean connected) {}

    /** Someone else changed what the request was based on: it is to be made again from what is there now. */
    record Stale() implements Answer {}

    record NotFound(String message) implements Answer {}

    record Invalid(String path, String error) implements Answer {}

    record Locked(List<String> deployments) implements Answer {
        public Locked {
            deployments = List.copyOf(deployments);
        }
    }

    record TooManyDeployments(int most) implements Answer {}
}
