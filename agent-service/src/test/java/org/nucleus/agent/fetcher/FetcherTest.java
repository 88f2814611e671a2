package org.nucleus.agent.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.wire.CommandInfo;

class FetcherTest {
    private static final long MOST = 100_000;

    @TempDir
    private Path work;

    private Path sandbox;
    private HttpServer server;
    private final CountDownLatch tested = new CountDownLatch(1);

    @BeforeEach
    void open() throws IOException {
        sandbox = Files.createDirectory(work.resolve("sandbox"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        serve("/app.txt", "hello".getBytes(StandardCharsets.UTF_8));
        serve("/large", new byte[(int) MOST + 1]);
        server.createContext("/to-file", exchange -> {
            exchange.getResponseHeaders().add("Location", "file:///etc/hostname");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/to-app", exchange -> {
            exchange.getResponseHeaders().add("Location", "/app.txt");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/stalls", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                tested.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        tested.countDown();
        server.stop(0);
    }

    private void serve(String path, byte[] content) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static CommandInfo.Uri uri(Object value) {
        return CommandInfo.Uri.builder().value(value.toString()).build();
    }

    private void fetch(CommandInfo.Uri... uris) throws FetchFailed {
        fetch(Duration.ofSeconds(30), uris);
    }

    private void fetch(Duration stall, CommandInfo.Uri... uris) throws FetchFailed {
        new Fetcher(new Fetcher.Settings(MOST, stall, null), InstantSource.system())
                .fetch(new Fetcher.Request("c1", List.of(uris), sandbox, LocalFiles.own(), ""));
    }

    @Test
    void fetchesOverHttpAndFollowsRedirectsToHttp() throws Exception {
        fetch(uri(url("/app.txt?signature=s3cret")), uri(url("/to-app")));
        assertThat(sandbox.resolve("app.txt")).hasContent("hello");
        assertThat(sandbox.resolve("to-app")).hasContent("hello");
        assertThat(Files.readString(sandbox.resolve("stderr")))
                .contains("Fetched '")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/to-file", "/missing", "/large"})
    void refusesRedirectsToFilesErrorsAndTooMuch(String path) throws IOException {
        assertThatThrownBy(() -> fetch(uri(url(path))))
                .isInstanceOf(FetchFailed.class)
                .hasMessageStartingWith("Failed to fetch all URIs for container 'c1': Failed to fetch '");
        try (var files = Files.list(sandbox)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("stderr");
        }
        assertThat(Files.readString(sandbox.resolve("stderr"))).contains("Failed to fetch '");
    }

    @Test
    void aStalledDownloadFails() {
        assertThatThrownBy(() -> fetch(Duration.ofMillis(200), uri(url("/stalls"))))
                .isInstanceOf(FetchFailed.class)
                .hasMessageContaining("nothing came for PT0.2S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/tmp/evil", "a/../../evil", ".", "out/evil"})
    void anOutputFileStaysInTheSandbox(String output) throws IOException {
        Files.createSymbolicLink(sandbox.resolve("out"), work);
        var uri = CommandInfo.Uri.builder()
                .value(url("/app.txt"))
                .outputFile(output)
                .build();
        assertThatThrownBy(() -> fetch(uri)).isInstanceOf(FetchFailed.class);
        assertThat(work.resolve("evil")).doesNotExist();
    }

    @Test
    void anOutputFileMayLieInANewDirectory() throws Exception {
        fetch(CommandInfo.Uri.builder()
                .value(url("/app.txt"))
                .outputFile("a/b/c.txt")
                .build());
        assertThat(sandbox.resolve("a/b/c.txt")).hasContent("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", ""})
    void copiesLocalFilesAndMakesExecutables(String scheme) throws Exception {
        Path script = Files.writeString(work.resolve("run.gz"), "#!/bin/sh\n");
        fetch(CommandInfo.Uri.builder().value(scheme + script).executable(true).build());
        assertThat(sandbox.resolve("run.gz")).isExecutable().hasSameTextualContentAs(script);
        assertThat(sandbox.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relative.txt",
                "ftp://host/x",
                "file:///no/such/file",
                "http://user:pw@127.0.0.1/x",
                "http:///x",
            })
    void refusesWhatItCannotFetch(String value) {
        assertThatThrownBy(() -> fetch(uri(value)))
                .isInstanceOf(FetchFailed.class)
                .message()
                .doesNotContain("pw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "tar.gz", "tgz", "tar.bz2", "tbz2", "tar.xz", "txz"})
    void extractsTarsAndKeepsThem(String ending) throws Exception {
        Path content = Files.createDirectories(work.resolve("content/bin"));
        Files.writeString(content.resolve("tool"), "tool");
        content.resolve("tool").toFile().setExecutable(true);
        Files.createSymbolicLink(content.resolve("alias"), Path.of("tool"));
        Files.createLink(content.resolve("hard"), content.resolve("tool"));
        Path archive = work.resolve("app." + ending);
        assertThat(new ProcessBuilder(
                                "tar",
                                "caf",
                                archive.toString(),
                                "-C",
                                work.resolve("content").toString(),
                                ".")
                        .start()
                        .waitFor())
                .isZero();
        fetch(uri(archive));
        assertThat(sandbox.resolve("app." + ending)).exists();
        assertThat(sandbox.resolve("bin/tool")).isExecutable().hasContent("tool");
        assertThat(sandbox.resolve("bin/hard")).hasContent("tool");
        assertThat(Files.readSymbolicLink(sandbox.resolve("bin/alias"))).isEqualTo(Path.of("tool"));
    }

    @Test
    void extractIsOptional() throws Exception {
        Path archive = ArchiveBuilder.tar(work.resolve("a.tar")).file("x", "x").close();
        fetch(CommandInfo.Uri.builder().value(archive.toString()).extract(false).build());
        assertThat(sandbox.resolve("x")).doesNotExist();
    }

    @Test
    void extractsZipsAndGzips() throws Exception {
        Path zip = ArchiveBuilder.zip(work.resolve("a.zip"), "dir/x", "in zip");
        Path gz = ArchiveBuilder.gzip(work.resolve("text.gz"), "in gzip");
        fetch(uri(zip), uri(gz));
        assertThat(sandbox.resolve("dir/x")).hasContent("in zip");
        assertThat(sandbox.resolve("text")).hasContent("in gzip");
    }

    @Test
    void anArchiveMustNotUnfoldToTooMuch() throws Exception {
        Path gz = ArchiveBuilder.gzip(work.resolve("bomb.gz"), "0".repeat((int) MOST + 1));
        assertThatThrownBy(() -> fetch(uri(gz))).hasMessageContaining("unfolds to more than is allowed");
    }

    @Test
    void zipEntriesCannotEscape() throws Exception {
        Path zip = ArchiveBuilder.zip(work.resolve("a.zip"), "../evil", "x");
        assertThatThrownBy(() -> fetch(uri(zip))).isInstanceOf(FetchFailed.class);
        assertThat(work.resolve("evil")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file ../evil",
                "file /tmp/nucleus-test-evil",
                "file a/../../evil",
                "link out ..,file out/evil",
                "link out /tmp",
                "link a/out ../..",
                "link back .,link out back/../..",
                "link deep/out x/../../..",
                "hard stolen ../secret",
                "hard stolen /etc/passwd",
                "link l stderr,hard stolen l",
                "device null",
            })
    void tarEntriesCannotEscape(String entries) throws Exception {
        Files.writeString(work.resolve("secret"), "secret");
        Path tar = ArchiveBuilder.tar(work.resolve("a.tar")).entries(entries).close();
        assertThatThrownBy(() -> fetch(uri(tar))).isInstanceOf(FetchFailed.class);
        assertThat(work.resolve("evil")).doesNotExist();
        assertThat(sandbox.resolve("stolen")).doesNotExist();
    }

    @Test
    void aLaterEntryReplacesALinkInsteadOfWritingThroughIt() throws Exception {
        Path tar = ArchiveBuilder.tar(work.resolve("a.tar"))
                .entries("file target,link l target,file l")
                .close();
        fetch(uri(tar));
        assertThat(Files.isSymbolicLink(sandbox.resolve("l"))).isFalse();
    }

    @Test
    void setUserIdBitsAreDropped() throws Exception {
        Path tar =
                ArchiveBuilder.tar(work.resolve("a.tar")).file("s", "x", 04755).close();
        fetch(uri(tar));
        assertThat((Integer) Files.getAttribute(sandbox.resolve("s"), "unix:mode") & 07777)
                .isEqualTo(0755);
    }
}
