package org.nucleus.agent.fetcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes archives that no decent program would write. */
final class ArchiveBuilder {
    private final Path archive;
    private final TarArchiveOutputStream tar;

    private ArchiveBuilder(Path archive) throws IOException {
        this.archive = archive;
        this.tar = new TarArchiveOutputStream(Files.newOutputStream(archive));
    }

    static ArchiveBuilder tar(Path archive) throws IOException {
        return new ArchiveBuilder(archive);
    }

    static Path zip(Path archive, String name, String content) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return archive;
    }

    static Path gzip(Path archive, String content) throws IOException {
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(archive))) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return archive;
    }

    /** Comma-separated: {@code file NAME}, {@code link NAME TARGET}, {@code hard NAME TARGET}, {@code device NAME}. */
    ArchiveBuilder entries(String entries) throws IOException {
        for (String entry : entries.split(",")) {
            String[] words = entry.split(" ");
            switch (words[0]) {
                case "file" -> file(words[1], "content");
                case "link" -> link(words[1], words[2], TarConstants.LF_SYMLINK);
                case "hard" -> link(words[1], words[2], TarConstants.LF_LINK);
                case "device" -> put(new TarArchiveEntry(words[1], TarConstants.LF_CHR), new byte[0]);
                default -> throw new IllegalArgumentException(entry);
            }
        }
        return this;
    }

    ArchiveBuilder file(String name, String content) throws IOException {
        return file(name, content, 0644);
    }

    ArchiveBuilder file(String name, String content, int mode) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
        entry.setSize(bytes.length);
        entry.setMode(mode);
        put(entry, bytes);
        return this;
    }

    private void link(String name, String target, byte type) throws IOException {
        var entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        put(entry, new byte[0]);
    }

    private void put(TarArchiveEntry entry, byte[] content) throws IOException {
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    Path close() throws IOException {
        tar.close();
        return archive;
    }
}
