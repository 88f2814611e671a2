package org.nucleus.marathon;

import org.nucleus.service.flags.Launch;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/** Marathon as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan
public class MarathonApplication {
    public static void main(String... arguments) {
        Launch.run(MarathonApplication.class, "marathon", "MARATHON_", arguments);
    }
}
