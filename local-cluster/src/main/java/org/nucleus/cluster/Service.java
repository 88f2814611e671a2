package org.nucleus.cluster;

import java.util.SequencedMap;
import org.nucleus.agent.AgentApplication;
import org.nucleus.chronos.ChronosApplication;
import org.nucleus.machine.Ordered;
import org.nucleus.marathon.MarathonApplication;
import org.nucleus.master.MasterApplication;

/**
 * One service of the cluster.
 *
 * @param name as in its pid file and log, {@code master-1}
 * @param port where it listens
 * @param flags what it is told
 */
public record Service(String name, Kind kind, int port, SequencedMap<String, String> flags) {
    public Service {
        flags = Ordered.copyOf(flags);
    }

    /** What a service is. */
    public enum Kind {
        MASTER("master", "MESOS_", MasterApplication.class, 192),
        AGENT("agent", "MESOS_", AgentApplication.class, 128),
        MARATHON("marathon", "MARATHON_", MarathonApplication.class, 192),
        CHRONOS("chronos", "CHRONOS_", ChronosApplication.class, 128);

        private final String serviceName;
        private final String environmentPrefix;
        private final Class<?> application;
        private final int heapMegabytes;

        Kind(String serviceName, String environmentPrefix, Class<?> application, int heapMegabytes) {
            this.serviceName = serviceName;
            this.environmentPrefix = environmentPrefix;
            this.application = application;
            this.heapMegabytes = heapMegabytes;
        }

        /** The service's own name, by which its flags are declared. */
        public String serviceName() {
            return serviceName;
        }

        public String environmentPrefix() {
            return environmentPrefix;
        }

        /** Its main class. */
        public Class<?> application() {
            return application;
        }

        /** The heap it needs in a JVM of its own. */
        public int heapMegabytes() {
            return heapMegabytes;
        }
    }

    /** Keeps the flags, some of which are secret, out of logs. */
    @Override
    public String toString() {
        return name;
    }
}
