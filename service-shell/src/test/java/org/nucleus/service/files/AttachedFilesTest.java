package org.nucleus.service.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachedFilesTest {
    @TempDir
    private Path work;

    private Path sandbox;
    private final AttachedFiles files = new AttachedFiles();

    @BeforeEach
    void fill() throws IOException {
        sandbox = Files.createDirectory(work.resolve("sandbox"));
        Files.writeString(sandbox.resolve("stdout"), "0123456789");
        Files.createDirectory(sandbox.resolve("sub"));
        Files.writeString(sandbox.resolve("sub/inner"), "in");
        Files.writeString(work.resolve("secret"), "secret");
        files.attach("/run/latest", sandbox);
    }

    private static int statusOf(AttachedFiles.Answer<?> answer) {
        return switch (answer) {
            case AttachedFiles.Answer.Found<?> _ -> 200;
            case AttachedFiles.Answer.Refused<?>(int status, var _) -> status;
        };
    }

    private AttachedFiles.Piece piece(String path, long offset, long length) {
        return found(files.read(path, offset, length));
    }

    private static <T> T found(AttachedFiles.Answer<T> answer) {
        return switch (answer) {
            case AttachedFiles.Answer.Found<T>(T value) -> value;
            case AttachedFiles.Answer.Refused<T>(int status, String message) ->
                throw new AssertionError("Refused with " + status + ": " + message);
        };
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 0, 012", "4, -1, 4, 456789", "8, 100, 8, 89", "-1, 5, 10, ''", "10, 5, 10, ''", "3, 0, 10, ''"})
    void readsAPieceOrTellsTheSize(long offset, long length, long answered, String data) {
        var piece = piece("/run/latest/stdout", offset, length);
        assertThat(piece.offset()).isEqualTo(answered);
        assertThat(new String(piece.data())).isEqualTo(data);
    }

    @Test
    void readsSixteenPagesAtMost() throws IOException {
        Files.write(sandbox.resolve("large"), new byte[100_000]);
        assertThat(piece("run/latest/large", 0, -1).data()).hasSize(AttachedFiles.MOST_READ_BYTES);
    }

    @ParameterizedTest
    @CsvSource({
        "/run/latest/stdout, -2, 1, 400",
        "/run/latest/stdout, 0, -2, 400",
        "/run/latest/sub, 0, 1, 400",
        "/run/latest/none, 0, 1, 404",
        "/run/latest/stdout/none, 0, 1, 404",
        "/run/late, 0, 1, 404",
        "/run, 0, 1, 404",
        "/run/latest/../secret, 0, 1, 400",
        "/run/latest//sub//inner/, 0, 1, 200",
    })
    void tellsWrongFromMissing(String path, long offset, long length, int status) {
        assertThat(statusOf(files.read(path, offset, length))).isEqualTo(status);
    }

    @Test
    void linksLeadNowhereOutside() throws IOException {
        Files.createSymbolicLink(sandbox.resolve("out"), work.resolve("secret"));
        Files.createSymbolicLink(sandbox.resolve("up"), work);
        Files.createSymbolicLink(sandbox.resolve("in"), Path.of("sub"));
        assertThat(statusOf(files.read("/run/latest/out", 0, -1))).isEqualTo(400);
        assertThat(statusOf(files.download("/run/latest/up/secret"))).isEqualTo(400);
        assertThat(statusOf(files.browse("/run/latest/up"))).isEqualTo(400);
        assertThat(new String(piece("/run/latest/in/inner", 0, -1).data())).isEqualTo("in");
    }

    @Test
    void browseListsByNameWithVirtualPaths() throws IOException {
        Files.setPosixFilePermissions(sandbox.resolve("sub"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(sandbox.resolve("dangling"), Path.of("nothing"));
        List<AttachedFiles.Entry> entries = found(files.browse("/run/latest/"));
        assertThat(entries)
                .extracting(AttachedFiles.Entry::path)
                .containsExactly("/run/latest/stdout", "/run/latest/sub");
        assertThat(entries.getLast().mode()).isEqualTo("drwxr-x---");
        assertThat(entries.getFirst().size()).isEqualTo(10);
    }

    @Test
    void aSingleFileMayBeAttachedAndDetached() throws IOException {
        files.attach("/slave/log", work.resolve("secret"));
        assertThat(new String(piece("/slave/log", 0, -1).data())).isEqualTo("secret");
        assertThat(files.attachment("/run/latest/sub/inner")).contains("/run/latest");
        files.detach("/slave/log");
        assertThat(statusOf(files.download("/slave/log"))).isEqualTo(404);
    }
}
