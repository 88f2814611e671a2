package org.nucleus.master.api.agentlink;

import org.nucleus.service.access.DirectPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The agents' controllers. */
@Configuration(proxyBeanMethods = false)
@Import(AgentApi.class)
public class AgentLinkConfiguration {
    @Bean
    DirectPath agentCalls(AgentApi api) {
        return new DirectPath("/agentlink/v1", api::call);
    }
}
