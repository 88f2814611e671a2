package org.nucleus.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.object;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.OwnCluster;
import org.nucleus.conformance.cluster.ServiceProcess;
import org.nucleus.conformance.wire.Events;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import org.nucleus.conformance.wire.Streamed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A master whose flags bound what it takes and remembers. */
@OwnCluster
class LimitsTest {
    private final Launcher launcher;
    private Master operator = new Master(Peer.at("127.0.0.1:1"));

    LimitsTest(Launcher launcher) {
        this.launcher = launcher;
        launcher.master("--roles=known,other", "--no-root_submissions", "--max_completed_frameworks=2");
    }

    @BeforeAll
    void awaitMaster() {
        ServiceProcess leader = launcher.awaitLeader(0);
        operator = new Master(leader.peer());
    }

    @AfterAll
    void end() {
        launcher.close();
    }

    private static ObjectNode info(String role) {
        return Framework.infoIn(List.of(role)).put("user", "nobody");
    }

    private String refusal(ObjectNode info) {
        Streamed stream = Framework.open(operator.peer(), object("{'framework_info': %s}", info));
        assertThat(stream.status()).isEqualTo(200);
        try (Events events = new Events(stream)) {
            JsonNode error = events.awaitAny();
            assertThat(error.path("type").asString()).as(error.toString()).isEqualTo("ERROR");
            return error.at("/error/message").asString();
        }
    }

    @Test
    void aRoleThatIsNotListedIsRefused() {
        assertThat(refusal(info("unknown"))).contains("unknown");
    }

    @Test
    void aListedRoleIsTaken() {
        try (Framework framework = Framework.subscribe(operator.peer(), info("known"))) {
            assertThat(framework.id()).isNotEmpty();
        }
    }

    @Test
    void rootIsRefused() {
        assertThat(refusal(info("known").put("user", "root"))).containsIgnoringCase("root");
    }

    @Test
    void onlySoManyEndedFrameworksAreRemembered() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Framework framework = Framework.subscribe(operator.peer(), info("known"));
            ids.add(framework.id());
            framework.close();
        }
        operator.await("completed_frameworks", ids.getLast(), _ -> true);
        JsonNode completed = operator.state().path("completed_frameworks");
        assertThat(completed.size()).isEqualTo(2);
        assertThat(completed.toString()).contains(ids.get(2)).doesNotContain(ids.getFirst());
    }

    @Test
    void listedRolesAreShownAlthoughNobodyUsesThem() {
        assertThat(operator.peer().read("/roles").toString()).contains("\"other\"");
    }

    @Test
    void withoutAgentsThereIsNothingToOffer() {
        try (Framework framework = Framework.subscribe(operator.peer(), info("known"))) {
            framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'nobody'}}]}");
            framework.update("nobody");
            assertThat(framework.events().soFar("OFFERS")).isEmpty();
        }
    }

    @Test
    void aHugeBodyIsRefused() {
        Reply reply = operator.peer().send("POST", "/api/v1", new byte[65 << 20], "Content-Type", Peer.JSON);
        assertThat(reply.status()).isEqualTo(413);
    }
}
