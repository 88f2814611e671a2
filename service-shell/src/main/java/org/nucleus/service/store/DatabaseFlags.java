package org.nucleus.service.store;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where a service keeps what must not be lost. Several services may share a database: each has its own schema.
 *
 * @param dbUrl address of the PostgreSQL database, {@code jdbc:postgresql://host:port/name}
 * @param dbUser user to connect as
 * @param dbPassword that user's password; {@code file:///path} reads it from a file
 */
@ConfigurationProperties("nucleus.database")
public record DatabaseFlags(
        @Nullable String dbUrl,
        @Nullable String dbUser,
        @Nullable String dbPassword) {
    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "DatabaseFlags[dbUrl=" + dbUrl + ", dbUser=" + dbUser + "]";
    }
}
