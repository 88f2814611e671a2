package org.nucleus.cluster;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** What the person at the terminal is told when all is up. */
record Addresses(Blueprint blueprint) {
    String text(boolean staysHere) {
        return """

                Nucleus is up.

                  masters    %s
                  agents     %s
                  Marathon   %s
                  Chronos    %s
                  ZooKeeper  %s

                Sign in as '%s' with the secret in %s, or let a shell do it:

                  . %s
                  curl -u "$NUCLEUS_PRINCIPAL:$NUCLEUS_SECRET" $NUCLEUS_MARATHON/v2/apps
                  curl -u "$NUCLEUS_PRINCIPAL:$NUCLEUS_SECRET" $NUCLEUS_CHRONOS/v1/scheduler/jobs

                Logs are in %s.
                %s
                """.formatted(
                        spaced(blueprint.masters()),
                        spaced(blueprint.agents()),
                        blueprint.marathonAddress(),
                        blueprint.chronosAddress(),
                        blueprint.zooKeeperUrl(),
                        blueprint.secrets().principal(),
                        blueprint.site().environment(),
                        quoted(blueprint.site().environment().toString()),
                        blueprint.site().logs(),
                        staysHere ? "Ctrl-C ends everything." : "./nucleus down ends everything.");
    }

    private static String spaced(List<URI> addresses) {
        return addresses.stream().map(URI::toString).collect(Collectors.joining("  "));
    }

    private static String quoted(String path) {
        return path.contains(" ") ? "'" + path + "'" : path;
    }
}
