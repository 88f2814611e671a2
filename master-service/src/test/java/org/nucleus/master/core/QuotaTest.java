package org.nucleus.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Picture;
import org.nucleus.resources.Resources;

/** What quotas promise and forbid: the cases of the original's allocator tests. */
class QuotaTest {
    private final World world = new World();
    private final Player player = new Player(world);

    @BeforeEach
    void begin() {
        play("elected m");
    }

    private void play(String... lines) {
        for (String line : lines) {
            player.play(line);
        }
    }

    /** Thousandths of cpus that the framework of that name is offered. */
    private long offered(String name) {
        world.pass(Duration.ofSeconds(2));
        return world.picture().frameworks().stream()
                .filter(each -> each.framework().info().name().equals(name))
                .map(Picture.FrameworkPicture::offered)
                .map(Resources::unallocated)
                .mapToLong(resources -> resources.thousandths("cpus"))
                .sum();
    }

    @Test
    void aPromiseComesBeforeFairness() {
        play("agent h1 cpus=1 mem=512", "quota q guarantees=cpus:2;mem:1024 force");
        play("framework f1 role=q", "framework f2 role=other");
        assertThat(offered("f1")).isEqualTo(1_000);
        play("agent h2 cpus=1 mem=512");
        assertThat(offered("f1")).isEqualTo(2_000);
        play("agent h3 cpus=1 mem=512");
        assertThat(offered("f2")).isEqualTo(1_000);
        assertThat(offered("f1")).isEqualTo(2_000);
    }

    @Test
    void whatIsPromisedToOneWhoIsNotThereStaysFree() {
        play("agent h1 cpus=1 mem=512", "agent h2 cpus=1 mem=512", "quota q guarantees=cpus:1;mem:512");
        play("framework greedy role=other");
        assertThat(offered("greedy")).isEqualTo(1_000);
        play("framework late role=q");
        assertThat(offered("late")).isEqualTo(1_000);
    }

    @Test
    void rolesBelowShareTheQuotaOfTheOneAtTheTop() {
        play("agent h1 cpus=4 mem=512", "agent h2 cpus=4 mem=512", "quota a limits=cpus:5");
        play("framework f1 role=a/b", "framework f2 role=a/c");
        assertThat(offered("f1") + offered("f2")).isEqualTo(5_000);
    }

    @Test
    void reservationsCountAsConsumedUsedOrNot() {
        play("agent h1 cpus=4 mem=512 cpus(ads)=2", "quota ads limits=cpus:3");
        play("framework f1 role=ads");
        assertThat(offered("f1")).isEqualTo(3_000);
    }

    @Test
    void quotasWaitUntilMostAgentsAreBack() {
        for (int i = 0; i < 5; i++) {
            play("agent h" + i + " cpus=1 mem=512");
        }
        play("quota q guarantees=cpus:1", "framework f1 role=q timeout=1000", "elected n");
        play("framework f1 back role=q timeout=1000");
        for (int i = 0; i < 3; i++) {
            play("agent h" + i + " cpus=1 mem=512 back");
        }
        assertThat(offered("f1")).isZero();
        play("agent h3 cpus=1 mem=512 back");
        assertThat(offered("f1")).isEqualTo(4_000);
    }

    @Test
    void aLaterDecreeReplacesAnEarlierOne() {
        play("agent h1 cpus=4 mem=512", "quota q limits=cpus:1", "quota q limits=cpus:2", "framework f1 role=q");
        assertThat(offered("f1")).isEqualTo(2_000);
        play("remove-quota q");
        world.give(new MasterInput.Look());
        play("decline f1 offers=m-O0 refuse=0");
        assertThat(offered("f1")).isEqualTo(4_000);
    }
}
