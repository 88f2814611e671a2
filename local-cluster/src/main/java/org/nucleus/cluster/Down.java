package org.nucleus.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Ends a cluster that was left running, with its tasks. */
@Command(name = "down", description = "End the cluster and its tasks; apps and jobs are kept for the next start.")
final class Down implements Callable<Integer> {
    private static final Duration UNTIL_KILLED = Duration.ofSeconds(90);

    @ParentCommand
    private ClusterCommand nucleus;

    @Override
    public Integer call() {
        Site site = nucleus.site();
        site.create();
        Logs.into(site);
        Progress progress = new Progress(System.out);
        Cluster cluster = Cluster.separate(site, Ports.standard(), progress);
        if (Running.in(site).together()) {
            progress.say("Ending Nucleus ...");
            Running.shared(site).stop(UNTIL_KILLED);
        } else if (!Running.in(site).separately() && !cluster.hasRests()) {
            progress.say("No cluster runs in " + site.root() + ".");
            return 0;
        }
        cluster.close();
        Running.forget(cluster.blueprint());
        return 0;
    }
}
