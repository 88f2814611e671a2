package org.nucleus.chronos.store.jpa;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.nucleus.chronos.core.state.Plan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The parents of a dependent job with their successes, as a JSON object. */
final class Successes {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Successes() {}

    static String encode(Plan.Dependent plan) {
        ObjectNode node = JSON.createObjectNode();
        plan.successes().forEach(node::put);
        return node.toString();
    }

    static Plan.Dependent decode(String text) {
        SequencedMap<String, Long> successes = new LinkedHashMap<>();
        for (var entry : JSON.readTree(text).properties()) {
            JsonNode count = entry.getValue();
            successes.put(entry.getKey(), count.longValue());
        }
        return new Plan.Dependent(successes);
    }
}
