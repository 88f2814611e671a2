package org.nucleus.conformance.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.nucleus.cluster.store.PostgresServer;

/** One PostgreSQL for the suite, and in it a database for each cluster. */
final class Database implements AutoCloseable {
    private static final String PASSWORD = "conformance";

    private final PostgresServer server;
    private final int port;

    Database(Path cache, Path directory) {
        this.port = freePort();
        this.server =
                new PostgresServer(cache, directory.resolve("postgres"), directory.resolve("postgres.log"), PASSWORD);
        server.start(port);
    }

    /** Makes a database, and returns the flags that lead a master to it. */
    List<String> create(String name) {
        try (Connection connection =
                        DriverManager.getConnection(PostgresServer.url(port), PostgresServer.user(), PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the database " + name, e);
        }
        return List.of(
                "--db_url=jdbc:postgresql://127.0.0.1:" + port + "/" + name,
                "--db_user=" + PostgresServer.user(),
                "--db_password=" + PASSWORD);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No port is free", e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
