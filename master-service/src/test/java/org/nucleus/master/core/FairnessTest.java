package org.nucleus.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.master.core.state.Picture;
import org.nucleus.resources.Resources;

/** Who is offered what, in which order: the cases of the original's allocator tests. */
class FairnessTest {
    private World world = new World();
    private Player player = new Player(world);

    @BeforeEach
    void begin() {
        play("elected m");
    }

    private void play(String... lines) {
        for (String line : lines) {
            player.play(line);
        }
    }

    private void weigh(String role, double weight) {
        SequencedMap<String, Double> weights = new LinkedHashMap<>();
        weights.put(role, weight);
        MasterSettings d = MasterSettings.defaults();
        world = new World(new MasterSettings(
                d.agentPingTimeout(),
                d.maxAgentPingTimeouts(),
                d.agentReregisterTimeout(),
                d.offerTimeout(),
                d.allocationInterval(),
                d.allocationDelay(),
                d.minAllocatable(),
                weights,
                d.roles(),
                d.rootSubmissions(),
                d.filterGpuResources(),
                d.maxCompletedFrameworks(),
                d.maxCompletedTasksPerFramework(),
                d.maxUnreachableTasksPerFramework(),
                d.registryMaxAgentAge(),
                d.registryMaxAgentCount(),
                d.registryCleanupInterval(),
                d.heartbeatIntervalSeconds(),
                d.constraintSizeMost(),
                d.requireAgentDomain(),
                d.agentRemovals()));
        player = new Player(world);
        play("elected m");
    }

    /** Adds an agent and says who was offered it. */
    private List<String> offeredTo(String host, String resources) {
        play("agent " + host + " " + resources);
        world.pass(Duration.ofMillis(10));
        List<String> names = new ArrayList<>();
        for (Picture.FrameworkPicture framework : world.picture().frameworks()) {
            framework.offers().stream()
                    .filter(offer -> offer.hostname().equals(host))
                    .forEach(_ -> names.add(framework.framework().info().name()));
        }
        return names;
    }

    @Test
    void theRoleThatHoldsLeastOfWhatItHoldsMostComesFirst() {
        play("framework f1 role=role1");
        assertThat(offeredTo("h1", "cpus=2 mem=1024")).containsExactly("f1");
        play("framework f2 role=role2");
        assertThat(offeredTo("h2", "cpus=1 mem=512")).containsExactly("f2");
        assertThat(offeredTo("h3", "cpus=3 mem=2048")).containsExactly("f2");
        play("framework f3 role=role1");
        assertThat(offeredTo("h4", "cpus=4 mem=4096")).containsExactly("f3");
        play("framework f4 role=role1");
        assertThat(offeredTo("h5", "cpus=1 mem=512")).containsExactly("f2");
    }

    @Test
    void frameworksWithTheSameShareTakeTurns() {
        play("framework f1", "framework f2");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            order.addAll(offeredTo("h" + i, "cpus=2 mem=1024"));
        }
        assertThat(order).containsExactly("f1", "f2", "f1", "f2", "f1", "f2", "f1", "f2", "f1", "f2");
    }

    @Test
    void aHeavierRoleGetsInProportion() {
        weigh("heavy", 3);
        play("framework light role=light", "framework heavy role=heavy");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            order.addAll(offeredTo("h" + i, "cpus=1 mem=100"));
        }
        assertThat(order.stream().filter("heavy"::equals)).hasSize(6);
    }

    @Test
    void rolesBelowOneRoleShareItsPart() {
        play("framework whole role=a", "framework first role=b/c", "framework second role=b/d");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            order.addAll(offeredTo("h" + i, "cpus=1 mem=100"));
        }
        assertThat(order.stream().filter("whole"::equals)).hasSize(4);
        assertThat(order.stream().filter("first"::equals)).hasSize(2);
        assertThat(order.stream().filter("second"::equals)).hasSize(2);
    }

    @Test
    void aRoleWithItsOwnFrameworksSharesWithTheRolesBelowIt() {
        play("framework own role=a", "framework below role=a/b", "framework other role=z");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            order.addAll(offeredTo("h" + i, "cpus=1 mem=100"));
        }
        assertThat(order.stream().filter("other"::equals)).hasSize(4);
        assertThat(order.stream().filter("own"::equals)).hasSize(2);
        assertThat(order.stream().filter("below"::equals)).hasSize(2);
    }

    @Test
    void aFrameworkThatIsSuppressedGetsNothingUntilItRevives() {
        play("framework f1", "suppress f1");
        assertThat(offeredTo("h1", "cpus=1 mem=100")).isEmpty();
        play("revive f1", "wait 1s");
        assertThat(world.picture().frameworks().getFirst().offers()).hasSize(1);
    }

    @Test
    void aFilterHoldsBackWhatWasRefusedButNotMore() {
        play("framework f1");
        offeredTo("h1", "cpus=4 mem=4096");
        play("accept f1 offers=m-O0 tasks=t1 cpus=1 mem=128 refuse=3600", "wait 60s");
        assertThat(world.picture().frameworks().getFirst().offers()).isEmpty();
        play("update h1 f1 t1 TASK_FINISHED", "wait 1s");
        assertThat(world.picture().frameworks().getFirst().offers()).hasSize(1);
    }

    @Test
    void tooLittleIsNotWorthAnOffer() {
        play("framework f1");
        assertThat(offeredTo("h1", "cpus=0.001 mem=16")).isEmpty();
        assertThat(offeredTo("h2", "cpus=0.001 mem=32")).containsExactly("f1");
        assertThat(offeredTo("h3", "cpus=0.01")).containsExactly("f1");
    }

    @Test
    void gpusAreOfferedToThoseWhoAskForThem() {
        play("framework f1");
        assertThat(offeredTo("h1", "cpus=1 mem=100 gpus=1")).isEmpty();
        play("framework f2 capabilities=GPU_RESOURCES", "wait 1s");
        assertThat(world.picture().frameworks().getLast().offers()).hasSize(1);
    }

    @Test
    void whatMayBeTakenBackIsOfferedToThoseWhoTakeIt() {
        play("framework plain");
        assertThat(offeredTo("h1", "cpus=1 mem=100 revocable=cpus:8")).containsExactly("plain");
        assertThat(offered("plain").revocable().isEmpty()).isTrue();
        play("framework greedy capabilities=REVOCABLE_RESOURCES", "wait 1s");
        assertThat(offered("greedy").revocable().thousandths("cpus")).isEqualTo(8_000);
        assertThat(offered("greedy").nonRevocable().isEmpty()).isTrue();
    }

    private Resources offered(String framework) {
        return world.picture().frameworks().stream()
                .filter(each -> each.framework().info().name().equals(framework))
                .flatMap(each -> each.offers().stream())
                .map(offer -> Resources.of(offer.resources()))
                .reduce(Resources.none(), Resources::plus);
    }

    @Test
    void oneFrameworkGetsAllOffersOfAPassInOneEvent() {
        for (int i = 0; i < 3; i++) {
            play("agent h" + i + " cpus=1 mem=100");
        }
        play("framework f1");
        List<String> lines = player.play("wait 1s");
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).contains("m-O0", "m-O1", "m-O2");
    }
}
