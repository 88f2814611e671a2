package org.nucleus.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.nucleus.cluster.process.PidFile;

/**
 * What of a cluster runs in a directory.
 *
 * @param together its services share a process
 * @param separately some of its services have a process of their own
 */
record Running(boolean together, boolean separately) {
    private static final String SHARED = "cluster";

    static Running in(Site site) {
        long self = ProcessHandle.current().pid();
        boolean together =
                shared(site).process().filter(process -> process.pid() != self).isPresent();
        boolean separately = !together && namesOfServices(site).anyMatch(name -> isAlive(site, name));
        return new Running(together, separately);
    }

    private static Stream<String> namesOfServices(Site site) {
        return new Blueprint(site, Ports.standard(), new Secrets("", "", ""))
                .services().stream().map(Service::name);
    }

    private static boolean isAlive(Site site, String service) {
        return new PidFile(site.pidFile(service)).process().isPresent();
    }

    static PidFile shared(Site site) {
        return new PidFile(site.pidFile(SHARED));
    }

    /** This process is the one that all services share. */
    static void write(Site site, Blueprint blueprint) {
        notReady(site);
        long pid = ProcessHandle.current().pid();
        shared(site).write(pid);
        new PidFile(site.pidFile("zookeeper")).write(pid);
        blueprint.services().forEach(service -> new PidFile(site.pidFile(service.name())).write(pid));
    }

    static void forget(Blueprint blueprint) {
        Site site = blueprint.site();
        shared(site).delete();
        new PidFile(site.pidFile("zookeeper")).delete();
        blueprint.services().forEach(service -> new PidFile(site.pidFile(service.name())).delete());
        notReady(site);
    }

    /** All of it is up. */
    static void ready(Site site) {
        try {
            Files.createFile(readiness(site));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isReady(Site site) {
        return Files.exists(readiness(site));
    }

    static void notReady(Site site) {
        try {
            Files.deleteIfExists(readiness(site));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path readiness(Site site) {
        return site.pids().resolve("ready");
    }
}
