package org.nucleus.chronos.store.jpa;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.Plan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a dependent job has heard of its parents, as JSON: counts by parent, and parents by pass. */
final class Ends {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Ends() {}

    static String counts(Plan.Dependent plan) {
        ObjectNode node = JSON.createObjectNode();
        plan.ends().forEach(node::put);
        return node.toString();
    }

    /** Null if there are none, which is the rule. */
    static @Nullable String passes(Plan.Dependent plan) {
        if (plan.passes().isEmpty()) {
            return null;
        }
        ObjectNode node = JSON.createObjectNode();
        plan.passes().forEach((pass, parents) -> {
            ArrayNode names = node.putArray(pass);
            parents.forEach(names::add);
        });
        return node.toString();
    }

    static Plan.Dependent decode(String counts, @Nullable String passes) {
        SequencedMap<String, Long> ends = new LinkedHashMap<>();
        for (var entry : JSON.readTree(counts).properties()) {
            ends.put(entry.getKey(), entry.getValue().longValue());
        }
        SequencedMap<String, SequencedSet<String>> noted = new LinkedHashMap<>();
        if (passes != null) {
            for (var entry : JSON.readTree(passes).properties()) {
                noted.put(entry.getKey(), texts(entry.getValue()));
            }
        }
        return new Plan.Dependent(ends, noted);
    }

    private static SequencedSet<String> texts(JsonNode list) {
        SequencedSet<String> texts = new LinkedHashSet<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
