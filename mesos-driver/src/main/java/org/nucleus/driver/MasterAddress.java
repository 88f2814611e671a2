package org.nucleus.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The forms in which frameworks name their master: {@code zk://…}, {@code host:port}, {@code master@host:port}, or
 * {@code file:///path} of a file that holds one of these. Source: master/detector, MasterDetector::create.
 */
public final class MasterAddress {
    private static final String FILE = "file://";
    private static final String ACTOR = "master@";

    private MasterAddress() {}

    /** @throws IllegalArgumentException if a file is named and can't be read */
    public static String resolve(String master) {
        if (master.startsWith(FILE)) {
            try {
                return resolve(Files.readString(Path.of(master.substring(FILE.length())))
                        .strip());
            } catch (IOException e) {
                throw new IllegalArgumentException("Failed to read '" + master + "': " + e.getMessage(), e);
            }
        }
        return master.startsWith(ACTOR) ? master.substring(ACTOR.length()) : master;
    }
}
