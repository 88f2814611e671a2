package org.nucleus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code RLimitInfo}. Source: v1/mesos.proto. */
public record RLimitInfo(List<RLimitInfo.RLimit> rlimits) {
    public RLimitInfo {
        rlimits = List.copyOf(rlimits);
    }

    /** {@code RLimitInfo.RLimit}. Source: v1/mesos.proto. */
    public record RLimit(
            RLimitInfo.RLimit.@Nullable Type type,
            @Nullable Long hard,
            @Nullable Long soft) {

        /** {@code RLimitInfo.RLimit.Type}. Source: v1/mesos.proto. */
        public enum Type {
            UNKNOWN,
            RLMT_AS,
            RLMT_CORE,
            RLMT_CPU,
            RLMT_DATA,
            RLMT_FSIZE,
            RLMT_LOCKS,
            RLMT_MEMLOCK,
            RLMT_MSGQUEUE,
            RLMT_NICE,
            RLMT_NOFILE,
            RLMT_NPROC,
            RLMT_RSS,
            RLMT_RTPRIO,
            RLMT_RTTIME,
            RLMT_SIGPENDING,
            RLMT_STACK
        }
    }
}
