package org.nucleus.wire.master;

import java.util.Map;
import org.nucleus.machine.Ordered;
import org.nucleus.wire.Value;

/** {@code quota.QuotaConfig}. Source: v1/quota/quota.proto. */
public record QuotaConfig(String role, Map<String, Value.Scalar> guarantees, Map<String, Value.Scalar> limits) {
    public QuotaConfig {
        guarantees = Ordered.copyOf(guarantees);
        limits = Ordered.copyOf(limits);
    }
}
