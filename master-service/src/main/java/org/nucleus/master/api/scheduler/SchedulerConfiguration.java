package org.nucleus.master.api.scheduler;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The scheduler API's controllers. */
@Configuration(proxyBeanMethods = false)
@Import(SchedulerApi.class)
public class SchedulerConfiguration {}
