package org.nucleus.wire.master;

/** What a call is answered with: one message for every type of {@link Response}. */
public sealed interface Answer
        permits Response.GetHealth,
                Response.GetFlags,
                Response.GetVersion,
                Response.GetMetrics,
                Response.GetLoggingLevel,
                Response.ListFiles,
                Response.ReadFile,
                Response.GetState,
                Response.GetAgents,
                Response.GetFrameworks,
                Response.GetExecutors,
                Response.GetOperations,
                Response.GetTasks,
                Response.GetRoles,
                Response.GetWeights,
                Response.GetMaster,
                Response.GetMaintenanceStatus,
                Response.GetMaintenanceSchedule,
                Response.GetQuota {

    /** The type of the response that carries this answer. */
    default Response.Type answers() {
        return switch (this) {
            case Response.GetHealth _ -> Response.Type.GET_HEALTH;
            case Response.GetFlags _ -> Response.Type.GET_FLAGS;
            case Response.GetVersion _ -> Response.Type.GET_VERSION;
            case Response.GetMetrics _ -> Response.Type.GET_METRICS;
            case Response.GetLoggingLevel _ -> Response.Type.GET_LOGGING_LEVEL;
            case Response.ListFiles _ -> Response.Type.LIST_FILES;
            case Response.ReadFile _ -> Response.Type.READ_FILE;
            case Response.GetState _ -> Response.Type.GET_STATE;
            case Response.GetAgents _ -> Response.Type.GET_AGENTS;
            case Response.GetFrameworks _ -> Response.Type.GET_FRAMEWORKS;
            case Response.GetExecutors _ -> Response.Type.GET_EXECUTORS;
            case Response.GetOperations _ -> Response.Type.GET_OPERATIONS;
            case Response.GetTasks _ -> Response.Type.GET_TASKS;
            case Response.GetRoles _ -> Response.Type.GET_ROLES;
            case Response.GetWeights _ -> Response.Type.GET_WEIGHTS;
            case Response.GetMaster _ -> Response.Type.GET_MASTER;
            case Response.GetMaintenanceStatus _ -> Response.Type.GET_MAINTENANCE_STATUS;
            case Response.GetMaintenanceSchedule _ -> Response.Type.GET_MAINTENANCE_SCHEDULE;
            case Response.GetQuota _ -> Response.Type.GET_QUOTA;
        };
    }
}
