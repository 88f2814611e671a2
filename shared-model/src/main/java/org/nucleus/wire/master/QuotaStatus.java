package org.nucleus.wire.master;

import java.util.List;

/** {@code quota.QuotaStatus}. Source: v1/quota/quota.proto. */
public record QuotaStatus(List<QuotaInfo> infos, List<QuotaConfig> configs) {
    public QuotaStatus {
        infos = List.copyOf(infos);
        configs = List.copyOf(configs);
    }
}
