package org.nucleus.conformance.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Dynamic reservations and persistent volumes. Source: the original's reservation and persistent volume tests. */
@SharedCluster
class ReservationTest {
    private final Master operator;
    private final Peer master;

    ReservationTest(Master master) {
        this.operator = master;
        this.master = master.peer();
    }

    private Framework framework(String role) {
        return Framework.subscribe(master, Framework.infoIn(List.of(role), "RESERVATION_REFINEMENT"));
    }

    /** Frees what a test reserved, also if it failed halfway. */
    private static void release(Framework framework, JsonNode offer, ObjectNode... reserved) {
        framework.accept(offer, Reserved.operation("UNRESERVE", "", reserved));
        framework.offer(fresh ->
                Reserved.of(fresh, "cpus", roleOf(offer)) == 0 && Reserved.of(fresh, "disk", roleOf(offer)) == 0);
    }

    private static String roleOf(JsonNode offer) {
        return offer.at("/allocation_info/role").asString();
    }

    @Test
    void whatIsReservedIsOfferedToItsRoleOnlyAndFreedAgain() {
        try (Framework owner = framework("res-own")) {
            owner.accept(owner.offer(), Reserved.operation("RESERVE", "", Reserved.scalar("cpus", 1, "res-own")));
            JsonNode reserved = owner.offer(offer -> Reserved.of(offer, "cpus", "res-own") == 1);
            owner.decline(reserved, 3600);
            try (Framework other = framework("res-other")) {
                JsonNode offer = other.offer();
                assertThat(Reserved.of(offer, "cpus", "res-own")).isZero();
                assertThat(Tasks.scalarOf(offer, "cpus")).isEqualTo(Tasks.scalarOf(reserved, "cpus") - 1);
            }
            owner.call("REVIVE", "");
            JsonNode again = owner.offer(offer -> Reserved.of(offer, "cpus", "res-own") == 1);
            release(owner, again, Reserved.scalar("cpus", 1, "res-own"));
        }
    }

    @Test
    void aTaskRunsOnWhatTheSameAcceptReserved() {
        try (Framework framework = framework("res-launch")) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.command("on-reserved", offer, "true");
            task.putArray("resources")
                    .add(Reserved.scalar("cpus", 0.5, "res-launch"))
                    .add(Tasks.scalar("mem", 32));
            framework.accept(
                    offer,
                    Reserved.operation("RESERVE", "", Reserved.scalar("cpus", 0.5, "res-launch")),
                    Tasks.launch(task));
            framework.await("on-reserved", "TASK_FINISHED");
            JsonNode again = framework.offer(fresh -> Reserved.of(fresh, "cpus", "res-launch") == 0.5);
            release(framework, again, Reserved.scalar("cpus", 0.5, "res-launch"));
        }
    }

    @Test
    void anOperationWithAnIdIsReportedWhenItIsDone() {
        try (Framework framework = framework("res-feedback")) {
            framework.accept(
                    framework.offer(),
                    Reserved.operation("RESERVE", "op-1", Reserved.scalar("cpus", 1, "res-feedback")));
            JsonNode status =
                    framework.events().await("UPDATE_OPERATION_STATUS").at("/update_operation_status/status");
            assertThat(status.at("/operation_id/value").asString()).isEqualTo("op-1");
            assertThat(status.path("state").asString()).isEqualTo("OPERATION_FINISHED");
            assertThat(status.at("/uuid/value").asString()).isNotEmpty();
            assertThat(status.path("converted_resources").toString()).contains("res-feedback");
            framework.call(
                    "ACKNOWLEDGE_OPERATION_STATUS",
                    "{'agent_id': %s, 'uuid': %s, 'operation_id': {'value': 'op-1'}}",
                    status.path("agent_id"),
                    status.at("/uuid/value"));
            JsonNode again = framework.offer(fresh -> Reserved.of(fresh, "cpus", "res-feedback") == 1);
            release(framework, again, Reserved.scalar("cpus", 1, "res-feedback"));
        }
    }

    @Test
    void reservingMoreThanIsOfferedIsAnError() {
        try (Framework framework = framework("res-large")) {
            framework.accept(
                    framework.offer(),
                    Reserved.operation("RESERVE", "too-large", Reserved.scalar("cpus", 100_000, "res-large")));
            assertThat(framework
                            .events()
                            .await("UPDATE_OPERATION_STATUS")
                            .at("/update_operation_status/status/state")
                            .asString())
                    .isEqualTo("OPERATION_ERROR");
        }
    }

    @Test
    void anOperationOnAnInvalidOfferIsAnError() {
        try (Framework framework = framework("res-invalid")) {
            JsonNode offer = framework.offer();
            framework.decline(offer, 0);
            framework.accept(offer, Reserved.operation("RESERVE", "stale", Reserved.scalar("cpus", 1, "res-invalid")));
            JsonNode status =
                    framework.events().await("UPDATE_OPERATION_STATUS").at("/update_operation_status/status");
            assertThat(status.path("state").asString()).isEqualTo("OPERATION_ERROR");
        }
    }

    @Test
    void anUnknownOperationIsUnknown() {
        try (Framework framework = framework("res-unknown")) {
            framework.call("RECONCILE_OPERATIONS", "{'operations': [{'operation_id': {'value': 'nothing'}}]}");
            JsonNode status =
                    framework.events().await("UPDATE_OPERATION_STATUS").at("/update_operation_status/status");
            assertThat(status.path("state").asString()).isEqualTo("OPERATION_UNKNOWN");
            assertThat(status.has("uuid")).isFalse();
        }
    }

    @Test
    void operationsThatNeedProvidersAreErrors() {
        try (Framework framework = framework("res-csi")) {
            ObjectNode operation = Tasks.launch();
            operation.removeAll();
            operation.put("type", "CREATE_DISK");
            operation.putObject("id").put("value", "csi");
            operation.set(
                    "create_disk",
                    json("{'source': %s, 'target_type': 'MOUNT'}", Reserved.scalar("disk", 1, "res-csi")));
            framework.accept(framework.offer(), operation);
            JsonNode status =
                    framework.events().await("UPDATE_OPERATION_STATUS").at("/update_operation_status/status");
            assertThat(status.path("state").asString()).isEqualTo("OPERATION_ERROR");
        }
    }

    @Test
    void aVolumeKeepsWhatOneTaskWroteForTheNext() {
        String role = "res-volume";
        ObjectNode volume = Reserved.volume(64, role, "kept");
        try (Framework framework = framework(role)) {
            JsonNode offer = framework.offer();
            framework.accept(
                    offer,
                    Reserved.operation("RESERVE", "", Reserved.scalar("disk", 64, role)),
                    Reserved.operation("CREATE", "", volume),
                    Tasks.launch(onVolume("writer", offer, volume, "echo kept > data/file")));
            framework.await("writer", "TASK_FINISHED");
            JsonNode again = framework.offer(fresh -> Reserved.hasVolume(fresh, "kept"));
            framework.accept(again, Tasks.launch(onVolume("reader", again, volume, "grep kept data/file")));
            framework.await("reader", "TASK_FINISHED");
            JsonNode last = framework.offer(fresh -> Reserved.hasVolume(fresh, "kept"));
            framework.accept(last, Reserved.operation("DESTROY", "", volume));
            JsonNode without = framework.offer(
                    fresh -> !Reserved.hasVolume(fresh, "kept") && Reserved.of(fresh, "disk", role) == 64);
            release(framework, without, Reserved.scalar("disk", 64, role));
        }
    }

    private static ObjectNode onVolume(String id, JsonNode offer, JsonNode volume, String command) {
        ObjectNode task = Tasks.command(id, offer, command);
        task.withArray("resources").add(volume);
        return task;
    }

    @Test
    void aVolumeInUseIsNotDestroyed() {
        String role = "res-inuse";
        ObjectNode volume = Reserved.volume(32, role, "used");
        try (Framework framework = framework(role)) {
            JsonNode offer = framework.offer();
            framework.accept(
                    offer,
                    Reserved.operation("RESERVE", "", Reserved.scalar("disk", 32, role)),
                    Reserved.operation("CREATE", "", volume),
                    Tasks.launch(onVolume("user", offer, volume, "sleep 1000")));
            framework.await("user", "TASK_RUNNING");
            framework.accept(framework.offer(), Reserved.operation("DESTROY", "destroy", volume));
            assertThat(framework
                            .events()
                            .await("UPDATE_OPERATION_STATUS")
                            .at("/update_operation_status/status/state")
                            .asString())
                    .isEqualTo("OPERATION_ERROR");
            framework.kill("user");
            framework.await("user", "TASK_KILLED");
            JsonNode idle = framework.offer(fresh -> Reserved.hasVolume(fresh, "used"));
            framework.accept(
                    idle,
                    Reserved.operation("DESTROY", "", volume),
                    Reserved.operation("UNRESERVE", "", Reserved.scalar("disk", 32, role)));
            framework.offer(fresh -> Reserved.of(fresh, "disk", role) == 0);
        }
    }

    @Test
    void operatorsReserveAndUnreserve() {
        String agent = operator.agent().path("id").asString();
        String body = "{'type': '%s', '%s': {'agent_id': {'value': '%s'}, 'resources': [%s]}}";
        ObjectNode resource = Reserved.scalar("cpus", 1, "res-operator");
        Reply reserved = operator.call(body, "RESERVE_RESOURCES", "reserve_resources", agent, resource);
        assertThat(reserved.status()).as(reserved.toString()).isEqualTo(202);
        operator.awaitAt(
                "/slaves",
                slaves -> slaves.at("/slaves/0/reserved_resources/res-operator/cpus")
                                .asDouble(0)
                        == 1);
        Reply unreserved = operator.call(body, "UNRESERVE_RESOURCES", "unreserve_resources", agent, resource);
        assertThat(unreserved.status()).as(unreserved.toString()).isEqualTo(202);
        operator.awaitAt(
                "/slaves", slaves -> !slaves.at("/slaves/0/reserved_resources").has("res-operator"));
    }

    @Test
    void formsReserveAndUnreserve() {
        String agent = operator.agent().path("id").asString();
        String resources = "[" + Reserved.scalar("cpus", 1, "res-form") + "]";
        Reply reserved = master.postForm("/reserve", "slaveId", agent, "resources", resources);
        assertThat(reserved.status()).as(reserved.toString()).isEqualTo(202);
        operator.awaitAt(
                "/slaves", slaves -> slaves.at("/slaves/0/reserved_resources").has("res-form"));
        assertThat(master.postForm("/unreserve", "slaveId", agent, "resources", resources)
                        .status())
                .isEqualTo(202);
        operator.awaitAt(
                "/slaves", slaves -> !slaves.at("/slaves/0/reserved_resources").has("res-form"));
    }

    @Test
    void reservingWhatIsNotThereConflicts() {
        String agent = operator.agent().path("id").asString();
        String resources = "[" + Reserved.scalar("cpus", 100_000, "res-none") + "]";
        assertThat(master.postForm("/reserve", "slaveId", agent, "resources", resources)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void reservingOnAnUnknownAgentIsBad() {
        String resources = "[" + Reserved.scalar("cpus", 1, "res-none") + "]";
        assertThat(master.postForm("/reserve", "slaveId", "nowhere", "resources", resources)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void volumesAreCreatedAndDestroyedByForms() {
        String agent = operator.agent().path("id").asString();
        String disk = "[" + Reserved.scalar("disk", 16, "res-vols") + "]";
        String volumes = "[" + Reserved.volume(16, "res-vols", "formed") + "]";
        assertThat(master.postForm("/reserve", "slaveId", agent, "resources", disk)
                        .status())
                .isEqualTo(202);
        Reply created = master.postForm("/create-volumes", "slaveId", agent, "volumes", volumes);
        assertThat(created.status()).as(created.toString()).isEqualTo(202);
        operator.awaitAt("/slaves", slaves -> slaves.toString().contains("\"formed\""));
        assertThat(master.postForm("/destroy-volumes", "slaveId", agent, "volumes", volumes)
                        .status())
                .isEqualTo(202);
        operator.awaitAt("/slaves", slaves -> !slaves.toString().contains("\"formed\""));
        assertThat(master.postForm("/unreserve", "slaveId", agent, "resources", disk)
                        .status())
                .isEqualTo(202);
    }
}
