package org.nucleus.master.api.operator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.nucleus.master.access.Viewer;
import org.nucleus.master.api.Replies;
import org.nucleus.master.api.legacy.LegacyConfiguration;
import org.nucleus.master.election.MasterAddress;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.master.metrics.MasterMetrics;
import org.nucleus.master.view.ConfiguredRoles;
import org.nucleus.master.view.PolicyAnswers;
import org.nucleus.master.view.RoleShare;
import org.nucleus.service.logging.LoggingLevel;
import org.nucleus.wire.Flag;
import org.nucleus.wire.Metric;
import org.nucleus.wire.Role;
import org.nucleus.wire.VersionInfo;
import org.nucleus.wire.master.Call;
import org.nucleus.wire.master.ClusterStatus;
import org.nucleus.wire.master.Response;
import org.nucleus.wire.master.Schedule;

/** Answers the calls that change nothing. */
final class Questions {
    private static final double THOUSAND = 1_000.0;

    private final LegacyConfiguration.Shown shown;
    private final MasterMetrics metrics;
    private final ConfiguredRoles roles;
    private final LoggingLevel logging;
    private final Replies replies;

    Questions(
            LegacyConfiguration.Shown shown,
            MasterMetrics metrics,
            ConfiguredRoles roles,
            LoggingLevel logging,
            Replies replies) {
        this.shown = shown;
        this.metrics = metrics;
        this.roles = roles;
        this.logging = logging;
        this.replies = replies;
    }

    /**
     * The answer to a call of {@code type}; empty if it is none of those answered here.
     *
     * @throws TimeoutException if the machine is too busy to be looked at
     */
    Optional<Response> answer(Call.Type type, MasterTerm term, Viewer viewer) throws TimeoutException {
        Response answer = switch (type) {
            case GET_HEALTH -> Response.of(new Response.GetHealth(true));
            case GET_FLAGS -> flags();
            case GET_VERSION -> version();
            case GET_METRICS -> metrics(term);
            case GET_LOGGING_LEVEL -> Response.of(new Response.GetLoggingLevel(logging.current()));
            case GET_STATE -> Response.of(cluster(term, viewer).state());
            case GET_AGENTS -> Response.of(cluster(term, viewer).agents());
            case GET_FRAMEWORKS -> Response.of(cluster(term, viewer).frameworks());
            case GET_EXECUTORS -> Response.of(cluster(term, viewer).executors());
            case GET_TASKS -> Response.of(cluster(term, viewer).tasks());
            case GET_OPERATIONS -> Response.of(cluster(term, viewer).operations());
            case GET_ROLES -> roles(term, viewer);
            case GET_WEIGHTS ->
                Response.of(new Response.GetWeights(PolicyAnswers.weights(term.picture(), viewer::seesRole)));
            case GET_MASTER -> master(term);
            case GET_QUOTA ->
                Response.of(new Response.GetQuota(PolicyAnswers.quotas(term.picture(), viewer::seesQuota)));
            case GET_MAINTENANCE_SCHEDULE ->
                Response.of(new Response.GetMaintenanceSchedule(
                        viewer.seesSchedule() ? term.picture().policy().schedule() : new Schedule(List.of())));
            case GET_MAINTENANCE_STATUS ->
                Response.of(new Response.GetMaintenanceStatus(
                        viewer.seesMaintenance()
                                ? PolicyAnswers.maintenance(term.picture())
                                : new ClusterStatus(List.of(), List.of())));
            default -> null;
        };
        return Optional.ofNullable(answer);
    }

    private static ClusterAnswers cluster(MasterTerm term, Viewer viewer) throws TimeoutException {
        return new ClusterAnswers(term.picture(), viewer);
    }

    private Response flags() {
        return Response.of(new Response.GetFlags(shown.flags().entrySet().stream()
                .map(flag -> new Flag(flag.getKey(), flag.getValue()))
                .toList()));
    }

    private static Response version() {
        return Response.of(new Response.GetVersion(
                VersionInfo.builder().version(MasterAddress.COMPATIBLE_VERSION).build()));
    }

    private Response metrics(MasterTerm term) throws TimeoutException {
        return Response.of(new Response.GetMetrics(
                metrics.snapshot(term.picture(), Optional.of(term), replies.waiting()).entrySet().stream()
                        .map(metric -> new Metric(metric.getKey(), metric.getValue()))
                        .toList()));
    }

    private Response roles(MasterTerm term, Viewer viewer) throws TimeoutException {
        return Response.of(new Response.GetRoles(RoleShare.all(term.picture(), roles).stream()
                .filter(role -> viewer.seesRole(role.name()))
                .map(role -> new Role(
                        role.name(),
                        role.weight(),
                        role.frameworks(),
                        role.allocated().toList()))
                .toList()));
    }

    private Response master(MasterTerm term) {
        return Response.of(new Response.GetMaster(term.info(), seconds(shown.startedAt()), seconds(term.electedAt())));
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / THOUSAND;
    }
}
