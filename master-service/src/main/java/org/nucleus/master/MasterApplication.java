package org.nucleus.master;

import org.nucleus.service.flags.Launch;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The master: started with the original's flags and {@code MESOS_} variables. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(MasterConfiguration.class)
public class MasterApplication {
    public static void main(String[] arguments) {
        Launch.run(MasterApplication.class, "master", "MESOS_", arguments);
    }
}
