package org.nucleus.master.core.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.nucleus.machine.Ordered;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;
import org.nucleus.wire.master.QuotaConfig;

/**
 * What a role, with all roles below it, is promised and may not exceed: thousandths by scalar name. A name that is
 * missing is not promised, or not limited.
 */
public record Quota(SequencedMap<String, Long> guarantees, SequencedMap<String, Long> limits) {
    public static final Quota NONE = new Quota(new LinkedHashMap<>(), new LinkedHashMap<>());

    public Quota {
        guarantees = Ordered.copyOf(guarantees);
        limits = Ordered.copyOf(limits);
    }

    public static Quota of(QuotaConfig config) {
        return new Quota(thousandths(config.guarantees()), thousandths(config.limits()));
    }

    /** A quota of before 1.9, whose guarantee limits, too. */
    public static Quota ofGuarantee(List<Resource> guarantee) {
        SequencedMap<String, Long> amounts = new LinkedHashMap<>();
        for (Resource resource : guarantee) {
            Value.Scalar scalar = resource.scalar();
            amounts.put(resource.name(), scalar == null ? 0 : Scalar.thousandthsOf(scalar.value()));
        }
        return new Quota(amounts, amounts);
    }

    /** Whether it promises nothing and limits nothing, as without any quota. */
    public boolean isNone() {
        return limits.isEmpty() && guarantees.values().stream().allMatch(amount -> amount == 0);
    }

    public QuotaConfig config(String role) {
        return new QuotaConfig(role, scalars(guarantees), scalars(limits));
    }

    private static SequencedMap<String, Long> thousandths(Map<String, Value.Scalar> scalars) {
        SequencedMap<String, Long> amounts = new LinkedHashMap<>();
        scalars.forEach((name, scalar) -> amounts.put(name, Scalar.thousandthsOf(scalar.value())));
        return amounts;
    }

    private static Map<String, Value.Scalar> scalars(Map<String, Long> amounts) {
        SequencedMap<String, Value.Scalar> scalars = new LinkedHashMap<>();
        amounts.forEach((name, amount) -> scalars.put(name, new Value.Scalar(Scalar.toDouble(amount))));
        return scalars;
    }
}
