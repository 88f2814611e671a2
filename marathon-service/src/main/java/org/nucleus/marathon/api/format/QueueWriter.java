package org.nucleus.marathon.api.format;

import java.time.Instant;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.OfferTally;
import org.nucleus.marathon.core.state.RejectReason;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the launch queue: what waits since when, and what was wrong with the offers. */
public final class QueueWriter {
    private QueueWriter() {}

    public static ObjectNode write(Answer.Queue queue, boolean withOffers) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putArray("queue");
        queue.apps().forEach(waiting -> list.add(write(waiting, withOffers)));
        return body;
    }

    private static ObjectNode write(Answer.Waiting waiting, boolean withOffers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("count", waiting.count());
        json.put("role", waiting.app().role());
        long left = (waiting.delayLeft().toMillis() + 999) / 1000;
        json.putObject("delay").put("timeLeftSeconds", left).put("overdue", left == 0);
        json.put("since", Version.text(waiting.since()));
        json.put("explanation", Explanation.of(waiting));
        summary(json.putObject("processedOffersSummary"), waiting.tally());
        if (withOffers) {
            ArrayNode offers = json.putArray("lastUnusedOffers");
            waiting.tally().lastUnused().forEach(unused -> {
                ObjectNode one = offers.addObject();
                one.set("offer", offer(unused.offer()));
                one.putArray("reason").add(unused.reason().wireName());
                one.put("detail", unused.detail());
                one.put("timestamp", Version.text(unused.at()));
            });
        }
        if (waiting.app().isPod()) {
            json.set("pod", PodWriter.write(waiting.app()));
        } else {
            json.set("app", AppWriter.write(waiting.app()));
        }
        return json;
    }

    private static void summary(ObjectNode json, OfferTally tally) {
        json.put("processedOffersCount", tally.processed());
        json.put("unusedOffersCount", tally.unused());
        time(json, "lastUnusedOfferAt", tally.lastUnusedAt());
        time(json, "lastUsedOfferAt", tally.lastUsedAt());
        ArrayNode last = json.putArray("rejectSummaryLastOffers");
        funnel(last, tally.lastUnused().size(), reason -> (int) tally.lastUnused().stream()
                .filter(unused -> unused.reason() == reason)
                .count());
        ArrayNode attempt = json.putArray("rejectSummaryLaunchAttempt");
        funnel(attempt, tally.processed(), reason -> tally.declined().getOrDefault(reason, 0));
    }

    /** Each reason has looked at what the ones before it let through. */
    private static void funnel(ArrayNode json, int total, ToIntFunction<RejectReason> declined) {
        int left = total;
        for (RejectReason reason : RejectReason.values()) {
            int here = declined.applyAsInt(reason);
            json.addObject()
                    .put("reason", reason.wireName())
                    .put("declined", here)
                    .put("processed", left);
            left -= here;
        }
    }

    private static void time(ObjectNode json, String name, @Nullable Instant at) {
        if (at != null) {
            json.put(name, Version.text(at));
        }
    }

    private static ObjectNode offer(Offer offer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", offer.id().value());
        json.put("hostname", offer.hostname());
        json.put("agentId", offer.agentId().value());
        ArrayNode resources = json.putArray("resources");
        for (Resource resource : offer.resources()) {
            ObjectNode one = resources.addObject().put("name", resource.name());
            one.put("role", resource.role() == null ? "*" : resource.role());
            value(one, resource.scalar(), resource.ranges(), resource.set());
        }
        ArrayNode attributes = json.putArray("attributes");
        for (Attribute attribute : offer.attributes()) {
            ObjectNode one = attributes.addObject().put("name", attribute.name());
            value(one, attribute.scalar(), attribute.ranges(), attribute.set());
            if (attribute.text() != null) {
                one.put("text", attribute.text().value());
            }
        }
        return json;
    }

    private static void value(
            ObjectNode json, Value.@Nullable Scalar scalar, Value.@Nullable Ranges ranges, Value.@Nullable Set set) {
        if (scalar != null) {
            json.put("scalar", scalar.value());
        }
        if (ranges != null) {
            ArrayNode list = json.putArray("ranges");
            ranges.range()
                    .forEach(range ->
                            list.addObject().put("begin", range.begin()).put("end", range.end()));
        }
        if (set != null) {
            ArrayNode list = json.putArray("set");
            set.item().forEach(list::add);
        }
    }
}
