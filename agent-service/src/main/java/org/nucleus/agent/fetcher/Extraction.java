package org.nucleus.agent.fetcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unfolds one archive beside itself. Entries that would leave the sandbox, devices, and more than is allowed make it
 * fail; set-user-id bits are dropped.
 */
final class Extraction {
    private static final int XZ_MEMORY_KIB = 256 * 1024;
    private static final int CHUNK = 64 * 1024;
    private static final int MOST_ENTRIES = 1_000_000;

    private final Enclosure sandbox;
    private long bytesLeft;
    private int entriesLeft = MOST_ENTRIES;

    Extraction(Enclosure sandbox, long mostBytes) {
        this.sandbox = sandbox;
        this.bytesLeft = mostBytes;
    }

    private enum Format {
        TAR(".tar"),
        TAR_GZ(".tar.gz", ".tgz"),
        TAR_BZ2(".tar.bz2", ".tbz2"),
        TAR_XZ(".tar.xz", ".txz"),
        TAR_ZST(".tar.zst", ".tzst"),
        ZIP(".zip"),
        GZ(".gz"),
        NONE("");

        private final Set<String> endings;

        Format(String... endings) {
            this.endings = Set.of(endings);
        }

        /** By name; {@code .tar.gz} is looked for before {@code .gz}. */
        static Format of(Path archive) {
            String name = String.valueOf(archive.getFileName()).toLowerCase(Locale.ROOT);
            for (Format format : values()) {
                if (format.endings.stream().anyMatch(name::endsWith)) {
                    return format;
                }
            }
            return NONE;
        }
    }

    static boolean applies(Path file) {
        return Format.of(file) != Format.NONE;
    }

    /** Extracts {@code archive} into the sandbox, where it stays. */
    void extract(Path archive) throws IOException {
        Format format = Format.of(archive);
        if (format == Format.ZIP) {
            unzip(archive);
            return;
        }
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), CHUNK)) {
            switch (format) {
                case TAR -> untar(file);
                case TAR_GZ -> untar(new GZIPInputStream(file, CHUNK));
                case TAR_BZ2 -> untar(new BZip2CompressorInputStream(file, true));
                case TAR_XZ -> untar(new XZInputStream(file, XZ_MEMORY_KIB));
                case TAR_ZST -> untar(new ZstdCompressorInputStream(file));
                case GZ -> decompress(archive, new GZIPInputStream(file, CHUNK));
                case ZIP, NONE -> {}
            }
        }
    }

    private void decompress(Path archive, InputStream content) throws IOException {
        String name = String.valueOf(archive.getFileName());
        write(archive.resolveSibling(name.substring(0, name.length() - ".gz".length())), content, 0644);
    }

    private void untar(InputStream content) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(content)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                count();
                if (!isRoot(entry.getName())) {
                    unfold(entry, tar);
                }
            }
        }
    }

    private void unfold(TarArchiveEntry entry, InputStream content) throws IOException {
        Path place = sandbox.place(entry.getName());
        if (entry.isDirectory()) {
            directory(place, entry.getMode());
        } else if (entry.isSymbolicLink()) {
            link(place, entry.getLinkName());
        } else if (entry.isLink()) {
            Path existing = sandbox.place(entry.getLinkName());
            refuseUnlessRegular(existing);
            makeRoom(place);
            Files.createLink(place, existing);
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            throw new FetchFailed("'" + entry.getName() + "' in the archive is a device");
        } else {
            write(place, content, entry.getMode());
        }
    }

    private void unzip(Path archive) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (Enumeration<ZipArchiveEntry> entries = zip.getEntries(); entries.hasMoreElements(); ) {
                ZipArchiveEntry entry = entries.nextElement();
                count();
                if (isRoot(entry.getName())) {
                    continue;
                }
                Path place = sandbox.place(entry.getName());
                if (entry.isDirectory()) {
                    directory(place, entry.getUnixMode());
                } else if (entry.isUnixSymlink()) {
                    link(place, zip.getUnixSymlink(entry));
                } else {
                    try (InputStream content = zip.getInputStream(entry)) {
                        write(place, content, entry.getUnixMode() == 0 ? 0644 : entry.getUnixMode());
                    }
                }
            }
        }
    }

    private void count() throws FetchFailed {
        if (--entriesLeft < 0) {
            throw new FetchFailed("the archive has more than " + MOST_ENTRIES + " entries");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new FetchFailed("it was interrupted");
        }
    }

    private static boolean isRoot(String name) {
        return name.equals("./") || name.equals(".");
    }

    private static void directory(Path place, int mode) throws IOException {
        if (!Files.isDirectory(place)) {
            makeRoom(place);
            Files.createDirectory(place);
        }
        // The owner must be able to write what follows into it.
        if (!Files.isSymbolicLink(place)) {
            Files.setPosixFilePermissions(place, permissions(mode | 0700));
        }
    }

    private void link(Path place, String target) throws IOException {
        Path directory = Objects.requireNonNull(place.getParent());
        sandbox.checkLink(directory, target);
        makeRoom(place);
        Files.createSymbolicLink(place, Path.of(target));
    }

    private void write(Path place, InputStream content, int mode) throws IOException {
        makeRoom(place);
        try (OutputStream file =
                Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK];
            for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
                bytesLeft -= count;
                if (bytesLeft < 0) {
                    throw new FetchFailed("the archive unfolds to more than is allowed");
                }
                file.write(chunk, 0, count);
            }
        }
        Files.setPosixFilePermissions(place, permissions(mode));
    }

    private static void refuseUnlessRegular(Path existing) throws FetchFailed {
        if (!Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
            throw new FetchFailed("a hard link in the archive leads to '" + existing + "', which is not a file of it");
        }
    }

    private static void makeRoom(Path place) throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new FetchFailed("'" + place + "' is a directory already");
        }
        Files.deleteIfExists(place);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        // The constants go from OWNER_READ to OTHERS_EXECUTE, as the bits do.
        PosixFilePermission[] all = PosixFilePermission.values();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < all.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
