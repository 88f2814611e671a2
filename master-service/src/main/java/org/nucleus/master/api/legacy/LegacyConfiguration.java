package org.nucleus.master.api.legacy;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The controllers of old. */
@Configuration(proxyBeanMethods = false)
@Import({
    StateEndpoints.class,
    MasterEndpoints.class,
    ToolEndpoints.class,
    PolicyEndpoints.class,
    ReservationEndpoints.class
})
public class LegacyConfiguration {
    /**
     * What the endpoints show of this master besides the cluster.
     *
     * @param cluster the cluster's name, if it has one
     * @param flags in force, without secrets
     */
    public record Shown(Instant startedAt, @Nullable String cluster, Map<String, String> flags) {}

    @Bean
    StateJson.Frame stateFrame(Shown shown) {
        return new StateJson.Frame(shown.startedAt(), shown.cluster(), shown.flags());
    }
}
