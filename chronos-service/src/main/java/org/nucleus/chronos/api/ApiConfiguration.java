package org.nucleus.chronos.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The controllers of this room. */
@Configuration
@Import({
    JobsController.class,
    SummaryController.class,
    RunsController.class,
    LogController.class,
    StatsController.class,
    GraphController.class,
    ServerController.class,
    Refusals.class,
    AnyOrigin.class
})
public class ApiConfiguration {}
