package org.nucleus.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.nucleus.cluster.process.DetachedProcess;
import org.nucleus.cluster.process.JavaCommand;
import org.nucleus.cluster.process.PidFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Starts a cluster, gives it work, and stays with it or leaves it running. */
@Command(name = "up", description = "Start the cluster, and what is missing of it.")
final class Up implements Callable<Integer> {
    private static final int LAUNCHER_HEAP_MEGABYTES = 512;

    @ParentCommand
    private ClusterCommand nucleus;

    @Option(names = "--clean", description = "Start from nothing: forget apps, jobs and their histories.")
    private boolean clean;

    @Option(names = "--detach", description = "Return when all is up; end it with ./nucleus down.")
    private boolean detach;

    @Option(names = "--separate", description = "Every service in a JVM of its own.")
    private boolean separate;

    @Option(names = "--background", hidden = true, description = "This is the process that --detach leaves.")
    private boolean background;

    @Override
    public Integer call() {
        Site site = nucleus.site();
        Running running = Running.in(site);
        if (clean) {
            startFromNothing(site, running);
        }
        site.create();
        Logs.into(site);
        Progress progress = new Progress(System.out);
        if (running.together()) {
            return lookAfter(Cluster.separate(site, Ports.standard(), progress), progress);
        }
        if (separate || running.separately()) {
            return runSeparately(Cluster.separate(site, Ports.standard(), progress), progress);
        }
        if (detach) {
            return leaveInBackground(site, progress);
        }
        return runTogether(site, progress);
    }

    private static void startFromNothing(Site site, Running running) {
        if (running.together() || running.separately()) {
            throw new CannotStart("A cluster runs in " + site.root() + ". End it with ./nucleus down first.");
        }
        Cluster.separate(site, Ports.standard(), Progress.silent()).close();
        site.clear();
    }

    /** The cluster lives in another process, which restarts its services itself: only the work may be missing. */
    private Integer lookAfter(Cluster cluster, Progress progress) {
        progress.say("Nucleus runs already.");
        cluster.startWork();
        progress.say(new Addresses(cluster.blueprint()).text(false));
        return 0;
    }

    private Integer runSeparately(Cluster cluster, Progress progress) {
        begin(progress);
        if (!detach) {
            endWith(cluster);
        }
        cluster.start();
        cluster.startWork();
        progress.say(new Addresses(cluster.blueprint()).text(!detach));
        return detach ? 0 : stay();
    }

    private Integer runTogether(Site site, Progress progress) {
        begin(progress);
        Cluster cluster = Cluster.shared(site, Ports.standard(), progress);
        endWith(cluster);
        Running.write(site, cluster.blueprint());
        cluster.start();
        cluster.startWork();
        progress.say(new Addresses(cluster.blueprint()).text(!background));
        Running.ready(site);
        return stay();
    }

    private static void begin(Progress progress) {
        progress.say("Starting Nucleus ...");
    }

    private static void endWith(Cluster cluster) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end").unstarted(() -> {
            if (cluster.hasBegun()) {
                cluster.progress().say("Ending Nucleus ...");
                cluster.close();
            }
            Running.forget(cluster.blueprint());
        }));
    }

    private static Integer stay() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** Starts the cluster in another process, tells what that tells, and returns when it is ready. */
    private Integer leaveInBackground(Site site, Progress progress) {
        Path output = site.log("up");
        Running.notReady(site);
        JavaCommand command = JavaCommand.write(
                site.settings().resolve("up.jvm"),
                LAUNCHER_HEAP_MEGABYTES,
                ClusterCommand.class,
                List.of("--home", site.root().toString(), "up", "--background"));
        try {
            Files.writeString(output, "");
            Process process =
                    DetachedProcess.start(command.words(), site.root(), output, new PidFile(site.pidFile("cluster")));
            int told = 0;
            boolean over = false;
            while (!over) {
                over = process.waitFor(100, TimeUnit.MILLISECONDS) || Running.isReady(site);
                told = tell(output, told, progress);
            }
            return process.isAlive() ? 0 : 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int tell(Path output, int told, Progress progress) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(output, StandardCharsets.UTF_8));
        lines.subList(told, lines.size()).forEach(progress::say);
        return lines.size();
    }
}
