package org.nucleus.chronos.json;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.chronos.core.state.Policy;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a job that the original did not have; each is written only if it says something else than the
 * original would do. {@code epsilon} and {@code async} are those of 2.x.
 */
final class PolicyJson {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private PolicyJson() {}

    static Policy read(Fields in) {
        Policy original = Policy.ORIGINAL;
        return new Policy(
                in.choice("catchUp", Policy.CatchUp.class, original.catchUp()),
                epsilon(in),
                in.has("overlap") ? in.choice("overlap", Policy.Overlap.class, Policy.Overlap.SKIP) : null,
                backoff(in),
                (int) Math.clamp(in.whole("priority", 0), Integer.MIN_VALUE, Integer.MAX_VALUE),
                in.flag("paused", false),
                in.flag("async", false),
                in.choice("trigger", Policy.Trigger.class, original.trigger()),
                in.choice("join", Policy.Join.class, original.join()),
                in.has("notify") ? notices(in) : original.notices());
    }

    static void write(Policy policy, ObjectNode out) {
        Policy original = Policy.ORIGINAL;
        choice("catchUp", policy.catchUp(), original.catchUp(), out);
        if (policy.epsilon() != null) {
            out.put("epsilon", policy.epsilon().toString());
        }
        choice("overlap", policy.overlap(), original.overlap(), out);
        write(policy.backoff(), out);
        if (policy.priority() != 0) {
            out.put("priority", policy.priority());
        }
        flag("paused", policy.paused(), out);
        flag("async", policy.async(), out);
        choice("trigger", policy.trigger(), original.trigger(), out);
        choice("join", policy.join(), original.join(), out);
        if (!policy.notices().equals(original.notices())) {
            ArrayNode notices = out.putArray("notify");
            policy.notices().forEach(kind -> notices.add(text(kind)));
        }
    }

    private static void write(Policy.Backoff backoff, ObjectNode out) {
        Policy.Backoff configured = Policy.Backoff.CONFIGURED;
        if (backoff.delay() != null) {
            out.put("retryDelay", backoff.delay().toMillis() / 1000.0);
        }
        if (backoff.factor() != configured.factor()) {
            out.put("retryFactor", backoff.factor());
        }
        if (!backoff.most().equals(configured.most())) {
            out.put("maxRetryDelay", backoff.most().toMillis() / 1000.0);
        }
    }

    private static Policy.Backoff backoff(Fields in) {
        Policy.Backoff configured = Policy.Backoff.CONFIGURED;
        return new Policy.Backoff(
                in.has("retryDelay") ? seconds(in, "retryDelay") : null,
                in.has("retryFactor") ? in.amount("retryFactor") : configured.factor(),
                in.has("maxRetryDelay") ? seconds(in, "maxRetryDelay") : configured.most());
    }

    private static Duration seconds(Fields in, String name) {
        double seconds = in.amount(name);
        if (seconds < 0 || seconds > LONGEST.toSeconds()) {
            throw in.wrong(name, "seconds from 0 to " + LONGEST.toSeconds());
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static @Nullable Duration epsilon(Fields in) {
        String text = in.text("epsilon", "");
        if (text.isEmpty()) {
            return null;
        }
        try {
            Duration epsilon = Duration.parse(text);
            if (!epsilon.isNegative() && epsilon.compareTo(LONGEST) <= 0) {
                return epsilon;
            }
        } catch (DateTimeException _) {
            // refused below, as one that is too long is
        }
        throw in.wrong("epsilon", "an ISO 8601 duration of days, hours, minutes and seconds, for example PT30M");
    }

    private static SequencedSet<Notice.Kind> notices(Fields in) {
        SequencedSet<Notice.Kind> notices = new LinkedHashSet<>();
        for (String text : in.texts("notify")) {
            notices.add(kind(in, text));
        }
        return notices;
    }

    private static Notice.Kind kind(Fields in, String text) {
        for (Notice.Kind kind : Notice.Kind.values()) {
            if (kind.name().equalsIgnoreCase(text)) {
                return kind;
            }
        }
        throw in.wrong("notify", "a list of failure, disabled, deleted, success, recovery and late");
    }

    private static void choice(String name, @Nullable Enum<?> value, @Nullable Enum<?> usual, ObjectNode out) {
        if (value != null && value != usual) {
            out.put(name, text(value));
        }
    }

    private static void flag(String name, boolean value, ObjectNode out) {
        if (value) {
            out.put(name, true);
        }
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
