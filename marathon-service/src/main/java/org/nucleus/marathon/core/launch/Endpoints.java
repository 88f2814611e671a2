package org.nucleus.marathon.core.launch;

import java.util.List;
import java.util.Optional;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Run;

/** Where a task is asked how it is. */
public final class Endpoints {
    private Endpoints() {}

    /** A host and a port; port 0: none. */
    public record Endpoint(String host, int port) {}

    /** As seen from outside the task's container: its port on the host, or else its own address. */
    public static Endpoint outside(App app, Run run, HealthCheck check) {
        Integer explicit = check.port();
        return explicit != null
                ? new Endpoint(run.host(), explicit)
                : outside(app, run, check.portIndex() == null ? 0 : check.portIndex());
    }

    /** The same of the port called {@code name}. */
    public static Endpoint outside(App app, Run run, String name) {
        List<PortDefinition> definitions = app.ports().definitions();
        for (int i = 0; i < definitions.size(); i++) {
            if (name.equals(definitions.get(i).name())) {
                return outside(app, run, i);
            }
        }
        return new Endpoint(run.host(), 0);
    }

    private static Endpoint outside(App app, Run run, int index) {
        int hostPort = index < run.ports().size() ? run.ports().get(index) : 0;
        if (hostPort != 0) {
            return new Endpoint(run.host(), hostPort);
        }
        Optional<PortDefinition.Mapping> mapping = mapping(app, index);
        return mapping.isPresent() && !run.addresses().isEmpty()
                ? new Endpoint(
                        String.valueOf(run.addresses().getFirst().ipAddress()),
                        mapping.get().containerPort())
                : new Endpoint(run.host(), 0);
    }

    /** The port that a check inside the task's own network asks. */
    public static int inside(App app, Run run, int index) {
        int hostPort = index < run.ports().size() ? run.ports().get(index) : 0;
        return mapping(app, index)
                .map(PortDefinition.Mapping::containerPort)
                .filter(port -> port != 0)
                .orElse(hostPort);
    }

    private static Optional<PortDefinition.Mapping> mapping(App app, int index) {
        List<PortDefinition> definitions = app.ports().definitions();
        return index < definitions.size()
                ? Optional.ofNullable(definitions.get(index).mapping())
                : Optional.empty();
    }
}
