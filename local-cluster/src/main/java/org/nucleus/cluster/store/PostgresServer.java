package org.nucleus.cluster.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nucleus.cluster.CannotStart;

/**
 * A real PostgreSQL in a directory, durable as a server is: what it committed survives the end of any process. It runs
 * in a session of its own and outlives the JVM that started it; a later start finds it and goes on with it.
 */
public final class PostgresServer {
    private static final String USER = "postgres";
    private static final String DATABASE = "nucleus";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RUNNING = 0;
    /** A field of {@code postmaster.pid}, by line: process id, data directory, start time, port. */
    private static final int PID_LINE = 0;

    private static final int PORT_LINE = 3;

    private final Path cache;
    private final Path directory;
    private final Path data;
    private final Path log;
    private final String password;

    /**
     * @param cache where the programs are unpacked
     * @param directory where the data lives
     * @param password of the user {@value #USER}, fixed when the data directory is made
     */
    public PostgresServer(Path cache, Path directory, Path log, String password) {
        this.cache = cache;
        this.directory = directory;
        this.data = directory.resolve("data");
        this.log = log;
        this.password = password;
    }

    /** The address of a database on that port, for {@code --db_url}. */
    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public static String user() {
        return USER;
    }

    /** Whether it runs already. */
    public boolean isRunning() {
        return Files.exists(data.resolve("postmaster.pid"))
                && run("pg_ctl", "-D", data.toString(), "status") == RUNNING;
    }

    /** Starts it, or finds it running, with a database for the services. Returns its process id. */
    public long start(int port) {
        try {
            if (!isRunning()) {
                prepare(port);
                demand(
                        "start PostgreSQL",
                        run("pg_ctl", "-D", data.toString(), "-l", log.toString(), "-w", "-t", "60", "start"));
            }
            createDatabase(runningPort());
            return Long.parseLong(postmaster(PID_LINE));
        } catch (IOException | SQLException e) {
            throw new CannotStart("PostgreSQL does not start: " + e.getMessage() + ". Its log is " + log + ".", e);
        }
    }

    /** The port of the running server, which may have been started with another one than is wished now. */
    public int runningPort() throws IOException {
        return Integer.parseInt(postmaster(PORT_LINE));
    }

    /** Ends it, with the connections it has. Says whether it ran. */
    public boolean stop() {
        if (!isRunning()) {
            return false;
        }
        demand("stop PostgreSQL", run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "-t", "60", "stop"));
        return true;
    }

    private void prepare(int port) throws IOException {
        Files.createDirectories(directory);
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialize();
        }
        Files.writeString(data.resolve("nucleus.conf"), """
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                fsync = on
                synchronous_commit = on
                shared_buffers = 64MB
                max_connections = 100
                """.formatted(port));
    }

    private void initialize() throws IOException {
        Path passwordFile = Files.createTempFile(
                directory,
                "password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password);
            demand(
                    "create the database's directory",
                    run(
                            "initdb",
                            "-D",
                            data.toString(),
                            "-U",
                            USER,
                            "-A",
                            "scram-sha-256",
                            "--pwfile",
                            passwordFile.toString(),
                            "-E",
                            "UTF8",
                            "--no-locale"));
        } finally {
            Files.delete(passwordFile);
        }
        Path configuration = data.resolve("postgresql.conf");
        Files.writeString(configuration, Files.readString(configuration) + "\ninclude 'nucleus.conf'\n");
    }

    private void createDatabase(int port) throws SQLException {
        String maintenance = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (Connection connection = DriverManager.getConnection(maintenance, USER, password);
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        }
    }

    private String postmaster(int line) throws IOException {
        return Files.readAllLines(data.resolve("postmaster.pid")).get(line).strip();
    }

    /** PostgreSQL refuses to run as root; in a user namespace it is nobody, and the files are still root's. */
    private int run(String program, String... arguments) {
        try {
            Path home = PostgresBinaries.unpackedIn(cache);
            List<String> command = new ArrayList<>();
            if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
                command.addAll(List.of("unshare", "-U"));
            }
            command.add(home.resolve("bin").resolve(program).toString());
            command.addAll(List.of(arguments));
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new CannotStart("PostgreSQL's " + program + " does not end. Its log is " + log + ".");
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new CannotStart("PostgreSQL's " + program + " cannot be run: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while PostgreSQL's " + program + " ran.", e);
        }
    }

    private void demand(String what, int exitCode) {
        if (exitCode != 0) {
            throw new CannotStart("Could not " + what + " in " + data + "; why is at the end of " + log + ".");
        }
    }
}
