package org.nucleus.cluster;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.sift.AbstractDiscriminator;

/**
 * Gives every service that shares the JVM its own log file. Whose a line is follows from the thread that wrote it: a
 * thread belongs to the service whose thread began it.
 */
public final class Logs extends AbstractDiscriminator<ILoggingEvent> {
    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String LAUNCHER = "launcher";
    private static final InheritableThreadLocal<String> SERVICE = new InheritableThreadLocal<>();

    /** Before the first logger is made: log into the site's files, and let no service change that. */
    static void into(Site site) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty("nucleus.logs", site.logs().toString());
        System.setProperty(CONFIGURATION, "nucleus/logback-shared.xml");
    }

    /** For a JVM without Spring: log to the standard output. */
    static String configurationForOwnJvm() {
        return "-D" + CONFIGURATION + "=nucleus/logback-own.xml";
    }

    /** This thread, and all that begin from it, now work for that service. */
    static void threadWorksFor(String service) {
        SERVICE.set(service);
    }

    @Override
    public String getDiscriminatingValue(ILoggingEvent event) {
        String service = SERVICE.get();
        return service == null ? LAUNCHER : service;
    }

    @Override
    public String getKey() {
        return "service";
    }
}
