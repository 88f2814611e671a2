package org.nucleus.conformance.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who is offered what, and when again. Source: the original's hierarchical allocator tests. */
@SharedCluster
class AllocationTest {
    private final Peer master;

    AllocationTest(Master master) {
        this.master = master.peer();
    }

    private static void roundTrip(Framework framework) {
        framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'nobody'}}]}");
        framework.update("nobody");
    }

    @Test
    void theRoleWithTheSmallerShareIsOfferedFirst() {
        try (Framework rich = Framework.subscribe(master, Framework.infoIn(List.of("rich")))) {
            JsonNode offer = rich.offer();
            ObjectNode half = Tasks.command("half", offer, "sleep 1000");
            half.putArray("resources")
                    .add(Tasks.scalar("cpus", Tasks.scalarOf(offer, "cpus") / 2))
                    .add(Tasks.scalar("mem", 32));
            rich.call("SUPPRESS", "");
            rich.launch(offer, half);
            rich.await("half", "TASK_RUNNING");
            try (Framework poor = Framework.subscribe(master, Framework.infoIn(List.of("poor")))) {
                JsonNode first = poor.offer();
                rich.call("REVIVE", "");
                roundTrip(rich);
                poor.decline(first, 0);
                // It would never come if it had gone to the rich, who holds what it is offered.
                poor.offer(again -> Tasks.scalarOf(again, "cpus") >= Tasks.scalarOf(first, "cpus"));
            }
        }
    }

    @Test
    void frameworksOfOneRoleTakeTurns() {
        try (Framework one = Framework.subscribe(master, Framework.infoIn(List.of("turns")))) {
            one.launch(one.offer());
            JsonNode offer = one.offer();
            one.launch(offer, Tasks.command("share", offer, "sleep 1000"));
            one.await("share", "TASK_RUNNING");
            JsonNode rest = one.offer();
            try (Framework two = Framework.subscribe(master, Framework.infoIn(List.of("turns")))) {
                roundTrip(two);
                one.decline(rest, 0);
                assertThat(two.offer().at("/allocation_info/role").asString()).isEqualTo("turns");
            }
        }
    }

    @Test
    void aFilterExpires() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode first = framework.offer();
            framework.decline(first, 0.2);
            assertThat(framework.offer().path("agent_id")).isEqualTo(first.path("agent_id"));
        }
    }

    @Test
    void moreThanWasDeclinedIsOfferedInSpiteOfTheFilter() {
        try (Framework worker = Framework.subscribe(master)) {
            worker.run("ending", "sleep 1000");
            worker.call("SUPPRESS", "");
            worker.decline(worker.offer(), 0);
            try (Framework filtering = Framework.subscribe(master)) {
                JsonNode less = filtering.offer();
                filtering.decline(less, 3600);
                worker.kill("ending");
                worker.await("ending", "TASK_KILLED");
                assertThat(Tasks.scalarOf(filtering.offer(), "cpus")).isGreaterThan(Tasks.scalarOf(less, "cpus"));
            }
        }
    }

    @Test
    void aFrameworkMayAskForMoreThanTheLeastWorthOffering() {
        ObjectNode info = Framework.infoIn(List.of("picky"));
        info.set(
                "offer_filters",
                json("{'picky': {'min_allocatable_resources': {'quantities':"
                        + " [{'quantities': {'cpus': {'value': 100000}}}]}}}"));
        try (Framework picky = Framework.subscribe(master, info);
                Framework modest = Framework.subscribe(master)) {
            modest.offer();
            roundTrip(picky);
            assertThat(picky.events().soFar("OFFERS")).isEmpty();
        }
    }

    @Test
    void hierarchicalRolesAreOfferedEachAsItself() {
        try (Framework framework = Framework.subscribe(master, Framework.infoIn(List.of("a/b/c")))) {
            JsonNode offer = framework.offer();
            assertThat(offer.at("/allocation_info/role").asString()).isEqualTo("a/b/c");
            framework.launch(offer, Tasks.command("deep", offer, "true"));
            framework.await("deep", "TASK_FINISHED");
        }
    }

    @Test
    void noOfferMixesRoles() {
        try (Framework framework = Framework.subscribe(master, Framework.infoIn(List.of("m1", "m2")))) {
            JsonNode first = framework.offer();
            framework.decline(first, 3600);
            JsonNode second = framework.offer();
            assertThat(second.at("/allocation_info/role")).isNotEqualTo(first.at("/allocation_info/role"));
        }
    }
}
