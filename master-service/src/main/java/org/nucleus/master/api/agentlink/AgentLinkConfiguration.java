package org.nucleus.master.api.agentlink;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The agents' controllers. */
@Configuration(proxyBeanMethods = false)
@Import(AgentApi.class)
public class AgentLinkConfiguration {}
