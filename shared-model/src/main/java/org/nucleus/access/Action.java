package org.nucleus.access;

import java.util.Locale;
import java.util.Optional;

/**
 * What access rules speak of. The names are the keys of the original's ACLs in capitals; each knows what its rules call
 * their objects. Source: authorizer/acls.proto.
 */
public enum Action {
    REGISTER_FRAMEWORKS("roles", Objects.ROLES),
    RUN_TASKS("users"),
    TEARDOWN_FRAMEWORKS("framework_principals"),
    RESERVE_RESOURCES("roles", Objects.ROLES),
    UNRESERVE_RESOURCES("reserver_principals"),
    CREATE_VOLUMES("roles", Objects.ROLES),
    DESTROY_VOLUMES("creator_principals"),
    RESIZE_VOLUMES("roles", Objects.ROLES),
    CREATE_BLOCK_DISKS("roles", Objects.ROLES),
    DESTROY_BLOCK_DISKS("roles", Objects.ROLES),
    CREATE_MOUNT_DISKS("roles", Objects.ROLES),
    DESTROY_MOUNT_DISKS("roles", Objects.ROLES),
    DESTROY_RAW_DISKS("roles", Objects.ROLES),
    GET_QUOTAS("roles", Objects.ROLES),
    UPDATE_QUOTAS("roles", Objects.ROLES),
    UPDATE_WEIGHTS("roles", Objects.ROLES),
    VIEW_ROLES("roles", Objects.ROLES),
    GET_ENDPOINTS("paths", Objects.PATHS),
    VIEW_FRAMEWORKS("users"),
    VIEW_TASKS("users"),
    VIEW_EXECUTORS("users"),
    ACCESS_SANDBOXES("users"),
    ACCESS_MESOS_LOGS("logs", Objects.IMPLICIT),
    VIEW_FLAGS("flags", Objects.IMPLICIT),
    SET_LOG_LEVEL("level", Objects.IMPLICIT),
    REGISTER_AGENTS("agents", Objects.IMPLICIT),
    UPDATE_MAINTENANCE_SCHEDULES("machines", Objects.IMPLICIT),
    GET_MAINTENANCE_SCHEDULES("machines", Objects.IMPLICIT),
    START_MAINTENANCES("machines", Objects.IMPLICIT),
    STOP_MAINTENANCES("machines", Objects.IMPLICIT),
    GET_MAINTENANCE_STATUSES("machines", Objects.IMPLICIT),
    DRAIN_AGENTS("agents", Objects.IMPLICIT),
    DEACTIVATE_AGENTS("agents", Objects.IMPLICIT),
    REACTIVATE_AGENTS("agents", Objects.IMPLICIT),
    MARK_AGENTS_GONE("agents", Objects.IMPLICIT),
    VIEW_CONTAINERS("users"),
    ATTACH_CONTAINERS_INPUT("users"),
    ATTACH_CONTAINERS_OUTPUT("users"),
    KILL_NESTED_CONTAINERS("users"),
    WAIT_NESTED_CONTAINERS("users"),
    REMOVE_NESTED_CONTAINERS("users"),
    LAUNCH_NESTED_CONTAINERS_AS_USER("users"),
    LAUNCH_NESTED_CONTAINERS_UNDER_PARENT_WITH_USER("users"),
    LAUNCH_NESTED_CONTAINER_SESSIONS_AS_USER("users"),
    LAUNCH_NESTED_CONTAINER_SESSIONS_UNDER_PARENT_WITH_USER("users"),
    LAUNCH_STANDALONE_CONTAINERS("users"),
    KILL_STANDALONE_CONTAINERS("users"),
    WAIT_STANDALONE_CONTAINERS("users"),
    REMOVE_STANDALONE_CONTAINERS("users"),
    VIEW_STANDALONE_CONTAINERS("users"),
    MODIFY_RESOURCE_PROVIDER_CONFIGS("resource_providers", Objects.IMPLICIT),
    MARK_RESOURCE_PROVIDERS_GONE("resource_providers", Objects.IMPLICIT),
    VIEW_RESOURCE_PROVIDERS("resource_providers", Objects.IMPLICIT),
    PRUNE_IMAGES("images", Objects.IMPLICIT);

    /** What the objects of an action are. */
    enum Objects {
        /** Compared letter by letter. */
        NAMES,
        /** Roles: {@code a/%} means all below {@code a}. */
        ROLES,
        /** Endpoints that can be guarded at all. */
        PATHS,
        /** There is only one, so a rule says ANY or NONE. */
        IMPLICIT
    }

    private final String objectKey;
    private final Objects objects;

    Action(String objectKey) {
        this(objectKey, Objects.NAMES);
    }

    Action(String objectKey, Objects objects) {
        this.objectKey = objectKey;
        this.objects = objects;
    }

    /** The key under which the rules of this action stand. The documentation's {@code resize_volume} is understood. */
    static Optional<Action> ofKey(String key) {
        String known = key.equals("resize_volume") ? "resize_volumes" : key;
        for (Action action : values()) {
            if (action.key().equals(known)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a rule of this action calls its objects. */
    public String objectKey() {
        return objectKey;
    }

    Objects objects() {
        return objects;
    }
}
