package org.nucleus.master.api.scheduler;

import org.nucleus.service.access.DirectPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The scheduler API's controllers. */
@Configuration(proxyBeanMethods = false)
@Import(SchedulerApi.class)
public class SchedulerConfiguration {
    @Bean
    DirectPath schedulerCalls(SchedulerApi api) {
        return new DirectPath("/api/v1/scheduler", api::call);
    }
}
