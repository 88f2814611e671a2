package org.nucleus.agent.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.wire.CommandInfo;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives that nobody would write: each is unfolded within its sandbox, or refused with a sentence. */
class ArchiveFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
    private static final long MOST = 100_000;
    private static final int ROUNDS = 120;
    private static final List<String> NAMES =
            List.of("a", "a/b", "a/b/c", "../out", "/tmp/out-of-here", "./a", "l", "l/x", "a/../../out", "d/l/y");
    private static final List<String> TARGETS = List.of("a", "..", "../..", "/etc", "a/b", ".", "../outside", "l");

    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(strings = {"tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"})
    void everyCompressionIsUnderstood(String ending) throws IOException {
        Path sandbox = Files.createDirectory(work.resolve("sandbox"));
        fetch(compressed(ending, tar("file inside,file d/e")), sandbox);
        assertThat(sandbox.resolve("inside")).hasContent("content");
        assertThat(sandbox.resolve("d/e")).hasContent("content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst", "zip"})
    void spoiltBytesNeverLeaveTheSandbox(String ending) throws IOException {
        byte[] whole = Files.readAllBytes(
                ending.equals("zip")
                        ? ArchiveBuilder.zip(work.resolve("whole.zip"), "a/b", "content")
                        : compressed(ending, tar("file a/b,link l a,file l/x")));
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = whole.clone();
            for (int hits = random.nextInt(6); hits >= 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1);
            }
            tryOne(Files.write(work.resolve("spoilt." + ending), bytes), round);
        }
    }

    @Test
    void namesAndLinksNeverLeaveTheSandbox() throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder entries = new StringBuilder();
            for (int count = 1 + random.nextInt(8); count > 0; count--) {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                String entry = switch (random.nextInt(4)) {
                    case 0 -> "link " + name + " " + TARGETS.get(random.nextInt(TARGETS.size()));
                    case 1 -> "hard " + name + " " + TARGETS.get(random.nextInt(TARGETS.size()));
                    default -> "file " + name;
                };
                entries.append(entries.isEmpty() ? "" : ",").append(entry);
            }
            tryOne(tar(entries.toString()), round);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "tar.bz2", "tar.xz", "tar.zst"})
    void anArchiveThatExplodesIsRefused(String ending) throws IOException {
        Path tar = ArchiveBuilder.tar(work.resolve("bomb.tar"))
                .file("zeros", "0".repeat((int) MOST + 1))
                .close();
        Path sandbox = Files.createDirectory(work.resolve("sandbox"));
        assertThat(failure(compressed(ending, tar), sandbox)).contains("unfolds to more than is allowed");
    }

    private void tryOne(Path archive, int round) throws IOException {
        Path around = Files.createDirectories(work.resolve("round" + archive.getFileName() + round));
        Path sandbox = Files.createDirectory(around.resolve("sandbox"));
        String failed = failure(archive, sandbox);
        try (Stream<Path> beside = Files.list(around)) {
            assertThat(beside)
                    .as("seed " + SEED + " round " + round + ": " + failed)
                    .containsExactly(sandbox);
        }
        try (Stream<Path> inside = Files.walk(sandbox)) {
            for (Path each : inside.toList()) {
                if (Files.isSymbolicLink(each) && Files.exists(each)) {
                    assertThat(each.toRealPath()).startsWith(sandbox.toRealPath());
                }
                if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    assertThat(Files.size(each)).isLessThanOrEqualTo(MOST);
                }
            }
        }
        assertThat(Path.of("/tmp/out-of-here")).doesNotExist();
    }

    /** The sentence; empty if there was none to say. Anything but a refusal fails the test. */
    private static String failure(Path archive, Path sandbox) {
        try {
            fetch(archive, sandbox);
            return "";
        } catch (FetchFailed e) {
            return e.getMessage();
        }
    }

    private static void fetch(Path archive, Path sandbox) throws FetchFailed {
        new Fetcher(new Fetcher.Settings(MOST, Duration.ofMinutes(1), null), InstantSource.system())
                .fetch(new Fetcher.Request(
                        "c",
                        List.of(CommandInfo.Uri.builder()
                                .value(archive.toString())
                                .build()),
                        sandbox,
                        LocalFiles.own(),
                        ""));
    }

    private Path tar(String entries) throws IOException {
        return ArchiveBuilder.tar(work.resolve("made.tar")).entries(entries).close();
    }

    private Path compressed(String ending, Path tar) throws IOException {
        Path archive = work.resolve("made." + ending);
        if (ending.equals("tar")) {
            return tar;
        }
        try (OutputStream out = compressor(ending, Files.newOutputStream(archive))) {
            Files.copy(tar, out);
        }
        return archive;
    }

    private static OutputStream compressor(String ending, OutputStream out) throws IOException {
        return switch (ending) {
            case "tar.gz" -> new GZIPOutputStream(out);
            case "tar.bz2" -> new BZip2CompressorOutputStream(out);
            case "tar.xz" -> new XZOutputStream(out, new LZMA2Options(1));
            case "tar.zst" -> new ZstdCompressorOutputStream(out);
            default -> throw new IllegalArgumentException(ending);
        };
    }
}
