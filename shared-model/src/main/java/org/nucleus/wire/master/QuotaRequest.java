package org.nucleus.wire.master;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Resource;

/** {@code quota.QuotaRequest}. Source: v1/quota/quota.proto. */
public record QuotaRequest(
        @Nullable Boolean force, @Nullable String role, List<Resource> guarantee) {
    public QuotaRequest {
        guarantee = List.copyOf(guarantee);
    }
}
