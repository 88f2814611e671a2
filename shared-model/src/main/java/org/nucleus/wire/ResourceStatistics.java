package org.nucleus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ResourceStatistics}. Source: v1/mesos.proto. */
public record ResourceStatistics(
        double timestamp,
        @Nullable Integer processes,
        @Nullable Integer threads,
        @Nullable Double cpusUserTimeSecs,
        @Nullable Double cpusSystemTimeSecs,
        @Nullable Double cpusLimit,
        @Nullable Double cpusSoftLimit,
        @Nullable Integer cpusNrPeriods,
        @Nullable Integer cpusNrThrottled,
        @Nullable Double cpusThrottledTimeSecs,
        @Nullable Long memTotalBytes,
        @Nullable Long memTotalMemswBytes,
        @Nullable Long memLimitBytes,
        @Nullable Long memSoftLimitBytes,
        @Nullable Long memFileBytes,
        @Nullable Long memAnonBytes,
        @Nullable Long memCacheBytes,
        @Nullable Long memRssBytes,
        @Nullable Long memMappedFileBytes,
        @Nullable Long memSwapBytes,
        @Nullable Long memUnevictableBytes,
        @Nullable Long memLowPressureCounter,
        @Nullable Long memMediumPressureCounter,
        @Nullable Long memCriticalPressureCounter,
        @Nullable Long diskLimitBytes,
        @Nullable Long diskUsedBytes,
        List<DiskStatistics> diskStatistics,
        @Nullable Long netRxPackets,
        @Nullable Long netRxBytes,
        @Nullable Long netRxErrors,
        @Nullable Long netRxDropped,
        @Nullable Long netTxPackets,
        @Nullable Long netTxBytes,
        @Nullable Long netTxErrors,
        @Nullable Long netTxDropped,
        @Nullable Double netTcpRttMicrosecsP50,
        @Nullable Double netTcpRttMicrosecsP90,
        @Nullable Double netTcpRttMicrosecsP95,
        @Nullable Double netTcpRttMicrosecsP99,
        @Nullable Double netTcpActiveConnections,
        @Nullable Double netTcpTimeWaitConnections) {
    public ResourceStatistics {
        diskStatistics = List.copyOf(diskStatistics);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the fields of a {@link ResourceStatistics}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private double timestamp;
        private @Nullable Integer processes;
        private @Nullable Integer threads;
        private @Nullable Double cpusUserTimeSecs;
        private @Nullable Double cpusSystemTimeSecs;
        private @Nullable Double cpusLimit;
        private @Nullable Double cpusSoftLimit;
        private @Nullable Integer cpusNrPeriods;
        private @Nullable Integer cpusNrThrottled;
        private @Nullable Double cpusThrottledTimeSecs;
        private @Nullable Long memTotalBytes;
        private @Nullable Long memTotalMemswBytes;
        private @Nullable Long memLimitBytes;
        private @Nullable Long memSoftLimitBytes;
        private @Nullable Long memFileBytes;
        private @Nullable Long memAnonBytes;
        private @Nullable Long memCacheBytes;
        private @Nullable Long memRssBytes;
        private @Nullable Long memMappedFileBytes;
        private @Nullable Long memSwapBytes;
        private @Nullable Long memUnevictableBytes;
        private @Nullable Long memLowPressureCounter;
        private @Nullable Long memMediumPressureCounter;
        private @Nullable Long memCriticalPressureCounter;
        private @Nullable Long diskLimitBytes;
        private @Nullable Long diskUsedBytes;
        private List<DiskStatistics> diskStatistics = List.of();
        private @Nullable Long netRxPackets;
        private @Nullable Long netRxBytes;
        private @Nullable Long netRxErrors;
        private @Nullable Long netRxDropped;
        private @Nullable Long netTxPackets;
        private @Nullable Long netTxBytes;
        private @Nullable Long netTxErrors;
        private @Nullable Long netTxDropped;
        private @Nullable Double netTcpRttMicrosecsP50;
        private @Nullable Double netTcpRttMicrosecsP90;
        private @Nullable Double netTcpRttMicrosecsP95;
        private @Nullable Double netTcpRttMicrosecsP99;
        private @Nullable Double netTcpActiveConnections;
        private @Nullable Double netTcpTimeWaitConnections;

        private Builder() {}

        public Builder timestamp(double value) {
            this.timestamp = value;
            return this;
        }

        public Builder processes(@Nullable Integer value) {
            this.processes = value;
            return this;
        }

        public Builder threads(@Nullable Integer value) {
            this.threads = value;
            return this;
        }

        public Builder cpusUserTimeSecs(@Nullable Double value) {
            this.cpusUserTimeSecs = value;
            return this;
        }

        public Builder cpusSystemTimeSecs(@Nullable Double value) {
            this.cpusSystemTimeSecs = value;
            return this;
        }

        public Builder cpusLimit(@Nullable Double value) {
            this.cpusLimit = value;
            return this;
        }

        public Builder cpusSoftLimit(@Nullable Double value) {
            this.cpusSoftLimit = value;
            return this;
        }

        public Builder cpusNrPeriods(@Nullable Integer value) {
            this.cpusNrPeriods = value;
            return this;
        }

        public Builder cpusNrThrottled(@Nullable Integer value) {
            this.cpusNrThrottled = value;
            return this;
        }

        public Builder cpusThrottledTimeSecs(@Nullable Double value) {
            this.cpusThrottledTimeSecs = value;
            return this;
        }

        public Builder memTotalBytes(@Nullable Long value) {
            this.memTotalBytes = value;
            return this;
        }

        public Builder memTotalMemswBytes(@Nullable Long value) {
            this.memTotalMemswBytes = value;
            return this;
        }

        public Builder memLimitBytes(@Nullable Long value) {
            this.memLimitBytes = value;
            return this;
        }

        public Builder memSoftLimitBytes(@Nullable Long value) {
            this.memSoftLimitBytes = value;
            return this;
        }

        public Builder memFileBytes(@Nullable Long value) {
            this.memFileBytes = value;
            return this;
        }

        public Builder memAnonBytes(@Nullable Long value) {
            this.memAnonBytes = value;
            return this;
        }

        public Builder memCacheBytes(@Nullable Long value) {
            this.memCacheBytes = value;
            return this;
        }

        public Builder memRssBytes(@Nullable Long value) {
            this.memRssBytes = value;
            return this;
        }

        public Builder memMappedFileBytes(@Nullable Long value) {
            this.memMappedFileBytes = value;
            return this;
        }

        public Builder memSwapBytes(@Nullable Long value) {
            this.memSwapBytes = value;
            return this;
        }

        public Builder memUnevictableBytes(@Nullable Long value) {
            this.memUnevictableBytes = value;
            return this;
        }

        public Builder memLowPressureCounter(@Nullable Long value) {
            this.memLowPressureCounter = value;
            return this;
        }

        public Builder memMediumPressureCounter(@Nullable Long value) {
            this.memMediumPressureCounter = value;
            return this;
        }

        public Builder memCriticalPressureCounter(@Nullable Long value) {
            this.memCriticalPressureCounter = value;
            return this;
        }

        public Builder diskLimitBytes(@Nullable Long value) {
            this.diskLimitBytes = value;
            return this;
        }

        public Builder diskUsedBytes(@Nullable Long value) {
            this.diskUsedBytes = value;
            return this;
        }

        public Builder diskStatistics(List<DiskStatistics> value) {
            this.diskStatistics = value;
            return this;
        }

        public Builder netRxPackets(@Nullable Long value) {
            this.netRxPackets = value;
            return this;
        }

        public Builder netRxBytes(@Nullable Long value) {
            this.netRxBytes = value;
            return this;
        }

        public Builder netRxErrors(@Nullable Long value) {
            this.netRxErrors = value;
            return this;
        }

        public Builder netRxDropped(@Nullable Long value) {
            this.netRxDropped = value;
            return this;
        }

        public Builder netTxPackets(@Nullable Long value) {
            this.netTxPackets = value;
            return this;
        }

        public Builder netTxBytes(@Nullable Long value) {
            this.netTxBytes = value;
            return this;
        }

        public Builder netTxErrors(@Nullable Long value) {
            this.netTxErrors = value;
            return this;
        }

        public Builder netTxDropped(@Nullable Long value) {
            this.netTxDropped = value;
            return this;
        }

        public Builder netTcpRttMicrosecsP50(@Nullable Double value) {
            this.netTcpRttMicrosecsP50 = value;
            return this;
        }

        public Builder netTcpRttMicrosecsP90(@Nullable Double value) {
            this.netTcpRttMicrosecsP90 = value;
            return this;
        }

        public Builder netTcpRttMicrosecsP95(@Nullable Double value) {
            this.netTcpRttMicrosecsP95 = value;
            return this;
        }

        public Builder netTcpRttMicrosecsP99(@Nullable Double value) {
            this.netTcpRttMicrosecsP99 = value;
            return this;
        }

        public Builder netTcpActiveConnections(@Nullable Double value) {
            this.netTcpActiveConnections = value;
            return this;
        }

        public Builder netTcpTimeWaitConnections(@Nullable Double value) {
            this.netTcpTimeWaitConnections = value;
            return this;
        }

        public ResourceStatistics build() {
            return new ResourceStatistics(
                    timestamp,
                    processes,
                    threads,
                    cpusUserTimeSecs,
                    cpusSystemTimeSecs,
                    cpusLimit,
                    cpusSoftLimit,
                    cpusNrPeriods,
                    cpusNrThrottled,
                    cpusThrottledTimeSecs,
                    memTotalBytes,
                    memTotalMemswBytes,
                    memLimitBytes,
                    memSoftLimitBytes,
                    memFileBytes,
                    memAnonBytes,
                    memCacheBytes,
                    memRssBytes,
                    memMappedFileBytes,
                    memSwapBytes,
                    memUnevictableBytes,
                    memLowPressureCounter,
                    memMediumPressureCounter,
                    memCriticalPressureCounter,
                    diskLimitBytes,
                    diskUsedBytes,
                    diskStatistics,
                    netRxPackets,
                    netRxBytes,
                    netRxErrors,
                    netRxDropped,
                    netTxPackets,
                    netTxBytes,
                    netTxErrors,
                    netTxDropped,
                    netTcpRttMicrosecsP50,
                    netTcpRttMicrosecsP90,
                    netTcpRttMicrosecsP95,
                    netTcpRttMicrosecsP99,
                    netTcpActiveConnections,
                    netTcpTimeWaitConnections);
        }
    }
}
