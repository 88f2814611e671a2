package org.nucleus.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The one principal of a local cluster, its secret, and the database's password: drawn once, then kept.
 *
 * @param principal who agents, frameworks and the operator authenticate as
 */
public record Secrets(String principal, String secret, String databasePassword) {
    private static final String PRINCIPAL = "nucleus";
    private static final int SECRET_BYTES = 24;

    /** Reads them from the directory, or draws them. */
    public static Secrets of(Site site) {
        return new Secrets(
                PRINCIPAL,
                keptOrDrawn(site.settings().resolve("secret")),
                keptOrDrawn(site.settings().resolve("database-password")));
    }

    private static String keptOrDrawn(Path file) {
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String drawn = HexFormat.of().formatHex(random);
        Site.writePrivately(file, drawn);
        return drawn;
    }

    /** Keeps the secrets out of logs. */
    @Override
    public String toString() {
        return "Secrets[principal=" + principal + "]";
    }
}
