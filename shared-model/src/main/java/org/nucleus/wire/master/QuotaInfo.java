package org.nucleus.wire.master;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Resource;

/** {@code quota.QuotaInfo}. Source: v1/quota/quota.proto. */
public record QuotaInfo(@Nullable String role, @Nullable String principal, List<Resource> guarantee) {
    public QuotaInfo {
        guarantee = List.copyOf(guarantee);
    }
}
