package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.OfferTally;
import org.nucleus.marathon.core.state.RejectReason;

/** Why an app waits, in words, from the offers that it has really seen: the last one of each of the last agents. */
final class Explanation {
    private Explanation() {}

    static String of(Answer.Waiting waiting) {
        if (!waiting.connected()) {
            return "There is no connection to the master: no offers come.";
        }
        long left = (waiting.delayLeft().toMillis() + 999) / 1000;
        if (left > 0) {
            return "Launches are put off for " + left + " s after failures.";
        }
        OfferTally tally = waiting.tally();
        if (tally.processed() == 0) {
            return "No offer has come since it waits.";
        }
        if (tally.lastUnused().isEmpty()) {
            return "All offers so far were used; more are awaited.";
        }
        Map<RejectReason, List<OfferTally.Unused>> byReason = new EnumMap<>(RejectReason.class);
        tally.lastUnused()
                .forEach(unused -> byReason.computeIfAbsent(unused.reason(), _ -> new ArrayList<>())
                        .add(unused));
        List<String> parts = new ArrayList<>();
        byReason.forEach((reason, unused) -> parts.add(words(reason, unused)));
        return "Of the last " + tally.lastUnused().size() + " agents that made offers, " + String.join("; ", parts)
                + ".";
    }

    private static String words(RejectReason reason, List<OfferTally.Unused> unused) {
        OfferTally.Unused last = unused.getLast();
        String example = " (" + last.offer().hostname() + ": " + last.detail() + ")";
        return unused.size() + " " + problem(reason) + example;
    }

    private static String problem(RejectReason reason) {
        return switch (reason) {
            case UNFULFILLED_ROLE -> "offered for another role";
            case UNFULFILLED_CONSTRAINT -> "did not meet a constraint";
            case NO_CORRESPONDING_RESERVATION_FOUND -> "did not hold the data";
            case AGENT_MAINTENANCE -> "were under maintenance";
            case INSUFFICIENT_CPUS -> "had too few cpus";
            case INSUFFICIENT_MEMORY -> "had too little memory";
            case INSUFFICIENT_DISK -> "had too little disk";
            case INSUFFICIENT_GPUS -> "had too few gpus";
            case INSUFFICIENT_PORTS -> "lacked ports";
            case DECLINED_SCARCE_RESOURCES -> "had GPUs that are kept for others";
        };
    }
}
