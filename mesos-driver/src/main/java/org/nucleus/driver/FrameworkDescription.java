package org.nucleus.driver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.FrameworkInfo;

/** What a driver fills in where a framework's description is silent. Source: sched/sched.cpp. */
public final class FrameworkDescription {
    private FrameworkDescription() {}

    /** An empty user becomes the one of this process, an empty hostname this machine's, an empty id none. */
    public static FrameworkInfo complete(FrameworkInfo framework) {
        FrameworkInfo.Builder completed = framework.toBuilder();
        if (framework.user().isEmpty()) {
            completed.user(System.getProperty("user.name"));
        }
        if (framework.hostname() == null || framework.hostname().isEmpty()) {
            completed.hostname(hostname());
        }
        if (framework.id() != null && framework.id().value().isEmpty()) {
            completed.id(null);
        }
        return completed.build();
    }

    private static @Nullable String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine without a name is no reason not to register: the field is for people only.
            return null;
        }
    }
}
