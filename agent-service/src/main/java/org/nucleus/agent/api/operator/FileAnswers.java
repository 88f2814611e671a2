package org.nucleus.agent.api.operator;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.nucleus.agent.api.FileAccess;
import org.nucleus.agent.nested.Refused;
import org.nucleus.agent.sandbox.SandboxFiles;
import org.nucleus.agent.sandbox.SandboxFiles.Answer;
import org.nucleus.agent.sandbox.SandboxFiles.Entry;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FileInfo;
import org.nucleus.wire.TimeInfo;
import org.nucleus.wire.agent.Call;
import org.nucleus.wire.agent.Response;

/** LIST_FILES and READ_FILE: the same files as below {@code /files}. */
final class FileAnswers {
    private static final int DIRECTORY = 040000;
    private static final int FILE = 0100000;

    private final SandboxFiles files;
    private final FileAccess access;

    FileAnswers(SandboxFiles files, FileAccess access) {
        this.files = files;
        this.access = access;
    }

    Response.ListFiles list(Call.ListFiles call) throws Refused, InterruptedException {
        check(call.path());
        return new Response.ListFiles(
                found(files.browse(call.path())).stream().map(FileAnswers::info).toList());
    }

    /** Without a length, as much as one answer holds. Offset 0 and length 0 ask for the size. */
    Response.ReadFile read(Call.ReadFile call) throws Refused, InterruptedException {
        check(call.path());
        long length = Optional.ofNullable(call.length()).orElse(-1L);
        SandboxFiles.Piece end = found(files.read(call.path(), -1, -1));
        SandboxFiles.Piece piece = found(files.read(call.path(), call.offset(), length));
        return new Response.ReadFile(end.offset(), Bytes.of(piece.data()));
    }

    private void check(String path) throws Refused, InterruptedException {
        if (!access.permits(path)) {
            throw new Refused(403, "");
        }
    }

    private static <T> T found(Answer<T> answer) throws Refused {
        return switch (answer) {
            case Answer.Found<T>(T value) -> value;
            case Answer.Refused<T>(int status, String message) -> throw new Refused(status, message);
        };
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
