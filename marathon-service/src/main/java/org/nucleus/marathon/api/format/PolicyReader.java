package org.nucleus.marathon.api.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Policy;
import tools.jackson.databind.JsonNode;

/** Reads how an app is treated over time. */
final class PolicyReader {
    private PolicyReader() {}

    private enum Replacement {
        KILL_FIRST,
        REPLACE_FIRST
    }

    static Policy read(Fields fields, Map<String, String> labels, boolean resident) {
        return new Policy(
                new Policy.Backoff(
                        fields.real("backoffSeconds", 1, 0, Integer.MAX_VALUE),
                        fields.real("backoffFactor", 1.15, 0, Integer.MAX_VALUE),
                        fields.real("maxLaunchDelaySeconds", 300, 0, Integer.MAX_VALUE)),
                upgrade(fields.object("upgradeStrategy"), labels, resident),
                unreachable(fields, resident),
                fields.choice("killSelection", Policy.KillSelection.YOUNGEST_FIRST),
                fields.whole("taskKillGracePeriodSeconds", 0, Integer.MAX_VALUE),
                limits(fields.object("upgradeStrategy")),
                fields.choice("unhealthyReplacement", Replacement.KILL_FIRST) == Replacement.REPLACE_FIRST);
    }

    static Policy.UpgradeStrategy upgrade(@Nullable Fields strategy, Map<String, String> labels, boolean resident) {
        if (strategy != null) {
            double over = strategy.requiredReal("maximumOverCapacity", 0, 1);
            return new Policy.UpgradeStrategy(strategy.requiredReal("minimumHealthCapacity", 0, 1), over);
        }
        if ("true".equals(labels.get(App.SINGLE_INSTANCE))) {
            return Policy.UpgradeStrategy.SINGLE_INSTANCE;
        }
        return resident ? Policy.UpgradeStrategy.RESIDENT : Policy.UpgradeStrategy.DEFAULT;
    }

    static Policy.@Nullable Limits limits(@Nullable Fields strategy) {
        if (strategy == null) {
            return null;
        }
        Integer deadline = strategy.whole("deadlineSeconds", 1, Integer.MAX_VALUE);
        Integer failures = strategy.whole("maxFailures", 0, Integer.MAX_VALUE);
        boolean rollsBack = strategy.flag("automaticRollback", false);
        return deadline == null && failures == null ? null : new Policy.Limits(deadline, failures, rollsBack);
    }

    static Policy.@Nullable UnreachableStrategy unreachable(Fields fields, boolean resident) {
        JsonNode node = fields.raw("unreachableStrategy");
        if (node == null) {
            return resident ? null : Policy.UnreachableStrategy.DEFAULT;
        }
        if (node.isString() && node.stringValue().equals("disabled")) {
            return null;
        }
        Fields strategy = fields.object("unreachableStrategy");
        if (strategy == null) {
            return null;
        }
        return new Policy.UnreachableStrategy(
                strategy.whole("inactiveAfterSeconds", 0, 0, Integer.MAX_VALUE),
                strategy.whole("expungeAfterSeconds", 0, 0, Integer.MAX_VALUE));
    }
}
