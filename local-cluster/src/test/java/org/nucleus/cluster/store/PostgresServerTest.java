package org.nucleus.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    private static final String PASSWORD = "a password";

    @TempDir
    Path directory;

    private int port;
    private PostgresServer server;

    @BeforeEach
    void chooseAPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = anotherLook();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void keepsWhatWasCommittedWhenItIsKilled() throws SQLException {
        long pid = server.start(port);
        execute("create table kept (word text)");
        execute("insert into kept values ('here')");

        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        server.start(port);

        assertThat(text("select word from kept")).isEqualTo("here");
        assertThat(text("show fsync")).isEqualTo("on");
        assertThat(text("show synchronous_commit")).isEqualTo("on");
    }

    @Test
    void isFoundRunningByTheNextWhoStartsIt() {
        long pid = server.start(port);

        assertThat(anotherLook().isRunning()).isTrue();
        assertThat(anotherLook().start(port)).isEqualTo(pid);
        assertThat(anotherLook().stop()).isTrue();
        assertThat(server.isRunning()).isFalse();
        assertThat(server.stop()).isFalse();
    }

    private PostgresServer anotherLook() {
        return new PostgresServer(
                directory.resolve("cache"), directory.resolve("with a space"), directory.resolve("log"), PASSWORD);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(PostgresServer.url(port), PostgresServer.user(), PASSWORD);
    }
}
