package org.nucleus.service.files;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nucleus.service.files.AttachedFiles.Answer;
import org.nucleus.service.files.AttachedFiles.Entry;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FileInfo;
import org.nucleus.wire.TimeInfo;

/**
 * What the v1 calls LIST_FILES and READ_FILE answer: the same files, by the same rules, as below {@code /files}.
 * Source: files/files.cpp, Files::browse and Files::read.
 */
public final class FileCalls {
    private static final int DIRECTORY = 040000;
    private static final int FILE = 0100000;

    private final AttachedFiles files;
    private final FilesAccess access;

    public FileCalls(AttachedFiles files, FilesAccess access) {
        this.files = files;
        this.access = access;
    }

    /** Bytes of a file of {@code size} bytes. */
    public record Piece(long size, Bytes data) {}

    public Answer<List<FileInfo>> list(String path) throws InterruptedException {
        if (!access.permits(path)) {
            return forbidden();
        }
        return switch (files.browse(path)) {
            case Answer.Found<List<Entry>>(var entries) ->
                new Answer.Found<>(entries.stream().map(FileCalls::info).toList());
            case Answer.Refused<List<Entry>>(int status, String message) -> new Answer.Refused<>(status, message);
        };
    }

    /** Without a length, as much as one answer holds. Offset 0 and length 0 ask for the size. */
    public Answer<Piece> read(String path, long offset, @Nullable Long length) throws InterruptedException {
        if (!access.permits(path)) {
            return forbidden();
        }
        return switch (files.read(path, offset, length == null ? -1 : length)) {
            case Answer.Found<AttachedFiles.Piece>(var piece) -> withSize(path, Bytes.of(piece.data()));
            case Answer.Refused<AttachedFiles.Piece>(int status, String message) ->
                new Answer.Refused<>(status, message);
        };
    }

    private Answer<Piece> withSize(String path, Bytes data) {
        return switch (files.read(path, -1, -1)) {
            case Answer.Found<AttachedFiles.Piece>(var end) -> new Answer.Found<>(new Piece(end.offset(), data));
            case Answer.Refused<AttachedFiles.Piece>(int status, String message) ->
                new Answer.Refused<>(status, message);
        };
    }

    private static <T> Answer<T> forbidden() {
        return new Answer.Refused<>(403, "");
    }

    private static FileInfo info(Entry entry) {
        return FileInfo.builder()
                .path(entry.path())
                .nlink((int) entry.nlink())
                .size(entry.size())
                .mtime(new TimeInfo(TimeUnit.SECONDS.toNanos(entry.mtimeSeconds())))
                .mode(mode(entry.mode()))
                .uid(entry.uid())
                .gid(entry.gid())
                .build();
    }

    /** The bits of what {@code ls} shows. */
    static int mode(String shown) {
        int bits = shown.startsWith("d") ? DIRECTORY : FILE;
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(shown.substring(1));
        for (PosixFilePermission permission : List.of(PosixFilePermission.values())) {
            if (permissions.contains(permission)) {
                bits |= 0400 >> permission.ordinal();
            }
        }
        return bits;
    }
}
