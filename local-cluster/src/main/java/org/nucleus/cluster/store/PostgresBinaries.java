package org.nucleus.cluster.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.nucleus.cluster.CannotStart;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, which come as an archive on the class path and are unpacked once into a cache. */
final class PostgresBinaries {
    private static final String VERSION = "17.5.0";
    private static final int OWNER_EXECUTABLE = 0100;

    private PostgresBinaries() {}

    /** The directory with {@code bin} and {@code lib}, unpacked if it is not there yet. */
    static Path unpackedIn(Path cache) throws IOException {
        Path home = cache.resolve("postgres-" + VERSION);
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "postgres-unpacking");
        try (InputStream archive = archive();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, fresh);
            }
        }
        moveUnlessThere(fresh, home);
        return home;
    }

    private static InputStream archive() {
        String architecture = System.getProperty("os.arch");
        String name = switch (architecture) {
            case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
            case "aarch64" -> "/postgres-linux-arm_64.txz";
            default ->
                throw new CannotStart("There is no embedded PostgreSQL for " + architecture
                        + "; run the cluster with docker compose instead.");
        };
        InputStream archive = PostgresBinaries.class.getResourceAsStream(name);
        if (archive == null) {
            throw new CannotStart("The class path lacks " + name + "; build again with ./nucleus up.");
        }
        return archive;
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new FileSystemException(entry.getName(), null, "leaves the archive's directory");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
        boolean executable = (entry.getMode() & OWNER_EXECUTABLE) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /** Another start may have unpacked the same meanwhile. */
    private static void moveUnlessThere(Path fresh, Path home) throws IOException {
        try {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
            try (Stream<Path> files = Files.walk(fresh)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
