package org.nucleus.service.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A fresh, empty PostgreSQL database: in a container where a Docker engine listens, else of a server started from this
 * JVM. The server is shared by all tests of a JVM and ends with it.
 */
public record TestDatabase(String url, String user, String password) {
    private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);

    /** Where a test can find a server. */
    private interface Server {
        TestDatabase main();
    }

    /** Started at first use, once. */
    private static final class Shared {
        static final Server SERVER = dockerAnswers() ? containerIfItCanBeHad() : embedded();
    }

    public static TestDatabase fresh() {
        TestDatabase main = Shared.SERVER.main();
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(main.url(), main.user(), main.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("could not create the database " + name, e);
        }
        return new TestDatabase(
                main.url().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"), main.user(), main.password());
    }

    /** The flags that point a service at it. */
    public List<String> flags() {
        return List.of("--db_url=" + url, "--db_user=" + user, "--db_password=" + password);
    }

    private static boolean dockerAnswers() {
        String host = System.getenv("DOCKER_HOST");
        return host != null ? !host.isBlank() : Files.isWritable(Path.of("/var/run/docker.sock"));
    }

    /** An engine may answer and yet have neither the image nor a registry to get it from. */
    private static Server containerIfItCanBeHad() {
        try {
            return container();
        } catch (ContainerLaunchException | ContainerFetchException | IllegalStateException e) {
            log.atWarn()
                    .addKeyValue("cause", e.getMessage())
                    .log("No container for the tests: using the embedded server");
            return embedded();
        }
    }

    private static Server container() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:17");
        container.start();
        TestDatabase main = new TestDatabase(container.getJdbcUrl(), container.getUsername(), container.getPassword());
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return () -> main;
    }

    private static Server embedded() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
            TestDatabase main = new TestDatabase(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
            return () -> main;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
