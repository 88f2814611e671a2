package org.nucleus.agent.fetcher;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.wire.CommandInfo;

/**
 * Fetches URIs one after the other: absolute paths and {@code file://}, relative paths below {@code frameworks_home},
 * {@code http} and {@code https}. Archives are extracted and kept, executables made executable. Nothing is written
 * outside the sandbox; progress and failure are told in its {@code stderr}. Source of the rules: docs/fetcher.md.
 */
public final class Fetcher {
    private final Settings settings;
    private final InstantSource clock;
    private final Download download;
    private final @Nullable FetcherCache cache;

    /**
     * @param mostBytes what one URI may bring, and what one archive may unfold to
     * @param stallTimeout a download that brings nothing for so long has failed
     * @param frameworksHome where relative paths start; without it they are refused
     */
    public record Settings(
            long mostBytes, Duration stallTimeout, @Nullable Path frameworksHome) {
        /** 16 GiB, one minute, no home. */
        public static Settings defaults() {
            return new Settings(16L << 30, Duration.ofMinutes(1), null);
        }
    }

    /**
     * What to fetch for one container.
     *
     * @param user whom the container runs as; empty for the agent's own
     */
    public record Request(
            String container, List<CommandInfo.Uri> uris, Path sandbox, LocalFiles localFiles, String user) {
        public Request {
            uris = List.copyOf(uris);
        }
    }

    /** One that keeps nothing. */
    public Fetcher(Settings settings, InstantSource clock) {
        this(settings, clock, null);
    }

    /** @param cache for URIs that are marked so */
    public Fetcher(Settings settings, InstantSource clock, @Nullable FetcherCache cache) {
        this.cache = cache;
        this.settings = settings;
        this.clock = clock;
        this.download = new Download(settings.mostBytes(), settings.stallTimeout());
    }

    /** Blocks until all is there; an interrupt makes it fail. The message of the failure is the original's. */
    public void fetch(Request request) throws FetchFailed {
        for (CommandInfo.Uri uri : request.uris()) {
            try {
                fetch(uri, request);
            } catch (IOException e) {
                String reason = "Failed to fetch '" + withoutSecrets(uri.value()) + "': " + reasonOf(e);
                String message = "Failed to fetch all URIs for container '" + request.container() + "': " + reason;
                throw new FetchFailed(tellFailure(request, reason, message), e);
            }
        }
    }

    private void fetch(CommandInfo.Uri uri, Request request) throws IOException {
        Enclosure sandbox = new Enclosure(request.sandbox());
        Path target = sandbox.place(nameIn(uri));
        tell(request, "Fetching '" + withoutSecrets(uri.value()) + "' to '" + target + "'");
        boolean cached;
        Path unfinished = Files.createTempFile(target.getParent(), ".fetching-", "");
        try {
            cached = bring(uri, unfinished, request);
            CrashPoint.FETCH_DOWNLOADED.reached();
            Files.setPosixFilePermissions(unfinished, permissions(Boolean.TRUE.equals(uri.executable())));
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FetchFailed("'" + target + "' is a directory");
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        if (uri.extract() && !Boolean.TRUE.equals(uri.executable()) && Extraction.applies(target)) {
            tell(request, "Extracting '" + target + "'");
            new Extraction(sandbox, settings.mostBytes()).extract(target);
            if (Boolean.TRUE.equals(uri.cache()) && cache != null) {
                Files.delete(target); // it is in the cache
            }
        }
        tell(request, "Fetched '" + withoutSecrets(uri.value()) + "'" + (cached ? " from the cache" : ""));
    }

    /** @return whether the cache had it */
    private boolean bring(CommandInfo.Uri uri, Path target, Request request) throws IOException {
        String value = Checksum.without(uri.value());
        boolean cached = false;
        if (cache != null && Boolean.TRUE.equals(uri.cache())) {
            var key = new FetcherCache.Key(request.user(), value);
            cached = cache.bring(key, file -> bring(value, file, request.localFiles()), target);
        } else {
            bring(value, target, request.localFiles());
        }
        Optional<Checksum> checksum = Checksum.in(uri.value());
        if (checksum.isPresent()) {
            checksum.get().check(target);
        }
        return cached;
    }

    private void bring(String value, Path target, LocalFiles localFiles) throws IOException {
        switch (schemeOf(value)) {
            case "http", "https" -> download.bring(parse(value), target);
            case "file" -> copy(Path.of(value.substring("file://".length())), target, localFiles);
            case "" -> copy(Path.of(value), target, localFiles);
            default ->
                throw new FetchFailed("scheme '" + schemeOf(value) + "' is not supported; use http, https or file");
        }
    }

    private void copy(Path path, Path target, LocalFiles localFiles) throws IOException {
        Path source = path;
        if (!path.isAbsolute()) {
            Path home = settings.frameworksHome();
            if (home == null) {
                throw new FetchFailed("a relative path needs --frameworks_home");
            }
            source = new Enclosure(home).existing(path.toString());
        }
        if (!Files.isRegularFile(source)) {
            throw new FetchFailed("there is no such file");
        }
        if (Files.size(source) > settings.mostBytes()) {
            throw new FetchFailed("it is larger than " + settings.mostBytes() + " bytes");
        }
        localFiles.copy(source, target);
    }

    /** The output file, or the last segment of the URI's path. */
    private static String nameIn(CommandInfo.Uri uri) throws FetchFailed {
        String output = uri.outputFile();
        if (output != null && !output.isEmpty()) {
            return output;
        }
        String value = Checksum.without(uri.value());
        String path =
                schemeOf(value).startsWith("http") ? String.valueOf(parse(value).getPath()) : value;
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            throw new FetchFailed("it does not end in a file's name; set output_file");
        }
        return name;
    }

    private static String schemeOf(String value) {
        int end = value.indexOf("://");
        return end < 0 ? "" : value.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static URI parse(String value) throws FetchFailed {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw new FetchFailed("it is not a valid URI: " + e.getReason(), e);
        }
    }

    /** Without what may be a password or a signature. */
    private static String withoutSecrets(String value) {
        int query = value.indexOf('?');
        String shown = query < 0 ? value : value.substring(0, query);
        return shown.replaceFirst("://[^/@]*@", "://");
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        return PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
    }

    private static String reasonOf(IOException e) {
        if (e instanceof FetchFailed) {
            return String.valueOf(e.getMessage());
        }
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    /** Tells the task's owner; if even that fails, the message says so. */
    private String tellFailure(Request request, String reason, String message) {
        try {
            tell(request, reason);
            return message;
        } catch (IOException e) {
            return message + " (and writing this to the sandbox failed: " + e.getMessage() + ")";
        }
    }

    private void tell(Request request, String line) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try (Writer stderr = new OutputStreamWriter(
                Files.newOutputStream(
                        request.sandbox().resolve("stderr"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        LinkOption.NOFOLLOW_LINKS),
                StandardCharsets.UTF_8)) {
            stderr.write(now + " fetcher: " + line + "\n");
        }
    }
}
