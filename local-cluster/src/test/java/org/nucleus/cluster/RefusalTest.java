package org.nucleus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nucleus.cluster.rest.RestClient;

/** Strangers, and those who may not, are refused by a real cluster and leave no trace in it. */
@ExtendWith(OneCluster.class)
class RefusalTest {
    private static final String SUBSCRIBE = """
            {"type": "SUBSCRIBE", "subscribe": {"framework_info": {"user": "%s", "name": "%s", "principal": "%s"}}}
            """;

    private final LivingCluster cluster;

    RefusalTest(LivingCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aWrongSecretIsRefused() {
        RestClient.Answer answer = subscribe("nucleus", "wrong", "with-wrong-secret");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(cluster.state().toString()).doesNotContain("with-wrong-secret");
    }

    @Test
    void aPrincipalWithoutTheRightIsRefused() {
        RestClient.Answer answer = subscribe(LivingCluster.GUEST, LivingCluster.GUEST_SECRET, "without-the-right");

        assertThat(answer.status() == 403 || answer.body().contains("ERROR"))
                .as(answer.body())
                .isTrue();
        assertThat(cluster.state().toString())
                .doesNotContain("without-the-right")
                .doesNotContain(LivingCluster.GUEST);
    }

    @Test
    void strangersLearnNothing() {
        try (RestClient stranger = new RestClient("stranger", "none")) {
            URI master = leader();
            assertThat(stranger.tried("GET", master.resolve("/state"), null)
                            .orElseThrow()
                            .status())
                    .isEqualTo(401);
            assertThat(stranger.tried("GET", cluster.marathon("/v2/apps"), null)
                            .orElseThrow()
                            .status())
                    .isEqualTo(401);
            assertThat(stranger.tried("GET", cluster.chronos("/v1/scheduler/jobs"), null)
                            .orElseThrow()
                            .status())
                    .isEqualTo(401);
            assertThat(stranger.tried(
                                    "GET",
                                    cluster.blueprint().agents().getFirst().resolve("/state"),
                                    null)
                            .orElseThrow()
                            .status())
                    .isEqualTo(401);
        }
    }

    private RestClient.Answer subscribe(String principal, String secret, String name) {
        try (RestClient client = new RestClient(principal, secret)) {
            return client.tried(
                            "POST",
                            leader().resolve("/api/v1/scheduler"),
                            SUBSCRIBE.formatted(System.getProperty("user.name"), name, principal))
                    .orElseThrow();
        }
    }

    private URI leader() {
        int index = Integer.parseInt(cluster.leader().replace("master-", "")) - 1;
        return cluster.blueprint().masters().get(index);
    }
}
