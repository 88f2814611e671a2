package org.nucleus.service.test;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** Settings of a service that only tests start. */
@ConfigurationProperties("nucleus.sample")
public record SampleProperties(
        @DefaultValue("0") int port,
        @DefaultValue("127.0.0.1") String ip,
        @DefaultValue("15secs") Duration agentPingTimeout,
        @DefaultValue("2GB") DataSize cacheSize,
        @DefaultValue("false") boolean authenticateAgents,
        @Nullable String acls,
        @Nullable Path credentials) {}
