package org.nucleus.benchmarks.scale;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.nucleus.benchmarks.swarm.SimulatedFramework;
import org.nucleus.wire.FrameworkInfo;

/** Equal frameworks, each of a role of its own. */
final class Frameworks {
    private static final Duration SUBSCRIBE_MOST = Duration.ofSeconds(60);

    private Frameworks() {}

    static FrameworkInfo named(String name, String role) {
        return FrameworkInfo.builder()
                .user(System.getProperty("user.name"))
                .name(name)
                .roles(List.of(role))
                .capabilities(List.of(new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.MULTI_ROLE)))
                .failoverTimeout(600.0)
                .build();
    }

    static List<SimulatedFramework> subscribe(
            InetSocketAddress master, int count, SimulatedFramework.Behaviour behaviour)
            throws IOException, InterruptedException {
        List<SimulatedFramework> frameworks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frameworks.add(new SimulatedFramework(master, named("f" + i, "role-" + i), behaviour)
                    .awaitSubscribed(SUBSCRIBE_MOST));
        }
        return frameworks;
    }

    static void checkUntroubled(List<SimulatedFramework> frameworks) {
        for (SimulatedFramework framework : frameworks) {
            String trouble = framework.trouble();
            if (trouble != null) {
                throw new IllegalStateException("A framework got into trouble: " + trouble);
            }
        }
    }
}
