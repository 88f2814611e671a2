package org.nucleus.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.cluster.process.Leftovers;
import org.nucleus.cluster.rest.RestClient;
import tools.jackson.databind.JsonNode;

/** All services in one JVM: what was submitted is found again, and nothing is left when they have ended. */
class RestartTest {
    @TempDir
    Path directory;

    private Site site;
    private Ports ports;

    @BeforeEach
    void chooseAPlace() throws IOException {
        site = new Site(directory.resolve("a cluster"));
        ports = FreePorts.forACluster();
        Logs.into(site);
    }

    @Test
    void appsAndJobsAreFoundAgainAtTheNextStart() throws IOException {
        String firstVersion;
        try (Cluster cluster = startedWithWork()) {
            firstVersion = counter(cluster).at("/app/version").asString();
            assertThat(counter(cluster).at("/app/tasksRunning").asInt()).isEqualTo(3);
            assertThat(Files.getPosixFilePermissions(site.environment()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(Leftovers.in(directory)).isEmpty();

        try (Cluster cluster = startedWithWork()) {
            assertThat(counter(cluster).at("/app/version").asString()).isEqualTo(firstVersion);
            assertThat(counter(cluster).at("/app/tasksRunning").asInt()).isEqualTo(3);
        }
        assertThat(Leftovers.in(directory)).isEmpty();
    }

    @Test
    void aTakenPortIsSaidInASentence() throws IOException {
        int taken = ports.agents().getFirst();
        try (ServerSocket _ = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            Cluster cluster = Cluster.shared(site, ports, Progress.silent());

            assertThatThrownBy(cluster::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("Port " + taken + ", which agent-1 needs, is in use.");
            assertThat(cluster.hasBegun()).isFalse();
        }
    }

    private Cluster startedWithWork() {
        Cluster cluster = Cluster.shared(site, ports, new Progress(System.out));
        try {
            cluster.start();
            cluster.startWork();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static JsonNode counter(Cluster cluster) {
        URI app = cluster.blueprint().marathonAddress().resolve("/v2/apps/counter");
        try (RestClient rest = new RestClient(cluster.blueprint().secrets())) {
            return LivingCluster.PATIENCE.until("the app", () -> rest.get(app));
        }
    }
}
