package org.nucleus.agent;

import org.nucleus.service.flags.Launch;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Runs tasks on one machine. Tasks outlive it: a later start with the same work directory finds them again. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AgentApplication {
    public static void main(String[] arguments) {
        Launch.run(AgentAlone.class, "agent", "MESOS_", arguments);
    }
}
