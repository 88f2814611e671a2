package org.nucleus.chronos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nucleus.chronos.migration.JobImport;
import org.nucleus.service.flags.Launch;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Chronos as a service of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(ChronosConfiguration.class)
public class ChronosApplication {
    /** With {@code import} as the first argument it is a command, which ends; otherwise it serves. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("import")) {
            System.exit(JobImport.run(List.of(arguments).subList(1, arguments.length), System.out));
        }
        Launch.run(ChronosApplication.class, "chronos", "CHRONOS_", underMarathon(arguments, System.getenv()));
    }

    /** Started by Marathon, Chronos listens on the port that it was given, and is reached at the agent's host. */
    static String[] underMarathon(String[] arguments, Map<String, String> environment) {
        List<String> all = new ArrayList<>(List.of(arguments));
        boolean assigned = environment.containsKey("PORT0");
        if (assigned && !given("http_port", arguments, environment)) {
            all.add("--http_port=" + environment.get("PORT0"));
        }
        if (assigned && environment.containsKey("HOST") && !given("hostname", arguments, environment)) {
            all.add("--hostname=" + environment.get("HOST"));
        }
        return all.toArray(String[]::new);
    }

    private static boolean given(String flag, String[] arguments, Map<String, String> environment) {
        if (environment.containsKey("CHRONOS_" + flag.toUpperCase(Locale.ROOT))) {
            return true;
        }
        return List.of(arguments).stream()
                .map(argument -> argument.replace('-', '_'))
                .anyMatch(argument -> argument.equals("__" + flag) || argument.startsWith("__" + flag + "="));
    }
}
