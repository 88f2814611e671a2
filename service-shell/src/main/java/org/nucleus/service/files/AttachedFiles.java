package org.nucleus.service.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.nucleus.service.flags.FlagsException;

/**
 * Lets clients see files below attached directories (or single attached files, as a log) and nothing else: neither
 * {@code ..} nor links lead out of what was attached. Whether the caller may see an attachment at all is for the
 * caller of this class to ask. Safe for use by many threads. Source: files/files.cpp.
 */
public final class AttachedFiles {
    /** Sixteen pages. */
    public static final int MOST_READ_BYTES = 16 * 4096;

    /** How the C library names ENOTDIR, for which the JDK has no exception of its own here. */
    private static final String NOT_A_DIRECTORY = "Not a directory";

    private final Map<String, Path> attached = new ConcurrentHashMap<>();

    /** What a request comes to. */
    public sealed interface Answer<T> {
        /** Status 200. */
        record Found<T>(T value) implements Answer<T> {}

        /** Another status: 400 for a wrong request, 403 for a file this process may not read, 404 for none. */
        record Refused<T>(int status, String message) implements Answer<T> {}
    }

    /**
     * A line of a listing; {@code path} is virtual, {@code mtimeSeconds} since the epoch, {@code mode} as of {@code
     * ls}.
     */
    public record Entry(String path, String mode, long nlink, String uid, String gid, long size, long mtimeSeconds) {}

    /** Bytes of a file from {@code offset}; without any, {@code offset} is the file's size. */
    public record Piece(long offset, byte[] data) {}

    /** A whole file, to be closed by who got it. */
    public record Whole(String name, long size, SeekableByteChannel content) {}

    /**
     * Shows a log that somebody else writes.
     *
     * @throws FlagsException if there is none, or none that this process may read
     */
    public void attachLog(String virtual, Path log) throws IOException {
        if (!Files.isReadable(log)) {
            throw new FlagsException("--external_log_file " + log + " cannot be read.");
        }
        attach(virtual, log);
    }

    /** Shows {@code real} as {@code virtual}, in place of what was shown there. */
    public void attach(String virtual, Path real) throws IOException {
        attached.put(normal(virtual), real.toRealPath());
    }

    /** Shows it no longer. */
    public void detach(String virtual) {
        attached.remove(normal(virtual));
    }

    /** The attachment that a virtual path lies in: what authorization is asked about. */
    public Optional<String> attachment(String virtual) {
        String prefix = normal(virtual);
        while (!attached.containsKey(prefix)) {
            int slash = prefix.lastIndexOf('/');
            if (slash < 0) {
                return Optional.empty();
            }
            prefix = prefix.substring(0, slash);
        }
        return Optional.of(prefix);
    }

    /** What is attached, virtual to real. */
    public Map<String, Path> attachments() {
        return Map.copyOf(attached);
    }

    /** The entries of a directory by name; none for a file. */
    public Answer<List<Entry>> browse(String virtual) {
        return answer(virtual, real -> {
            List<Entry> entries = new ArrayList<>();
            if (Files.isDirectory(real)) {
                try (Stream<Path> files = Files.list(real)) {
                    for (Path file : files.sorted().toList()) {
                        entry(virtual, file).ifPresent(entries::add);
                    }
                }
            }
            return new Answer.Found<>(entries);
        });
    }

    /**
     * Up to {@code length} bytes from {@code offset}, and never more than {@link #MOST_READ_BYTES}. Offset -1 asks for
     * the size, length -1 for all that may be had.
     */
    public Answer<Piece> read(String virtual, long offset, long length) {
        if (offset < -1) {
            return new Answer.Refused<>(400, "Negative offset provided: " + offset + ".\n");
        }
        if (length < -1) {
            return new Answer.Refused<>(400, "Negative length provided: " + length + ".\n");
        }
        return answer(virtual, real -> {
            if (!Files.isRegularFile(real)) {
                return new Answer.Refused<>(400, "Cannot read a directory.\n");
            }
            try (SeekableByteChannel file = SecureTree.open(real)) {
                return new Answer.Found<>(piece(file, offset, length));
            }
        });
    }

    private static Piece piece(SeekableByteChannel file, long offset, long length) throws IOException {
        long size = file.size();
        if (offset == -1 || offset >= size || length == 0) {
            return new Piece(size, new byte[0]);
        }
        long asked = length == -1 ? size - offset : Math.min(length, size - offset);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(asked, MOST_READ_BYTES));
        file.position(offset);
        while (buffer.hasRemaining() && file.read(buffer) >= 0) {}
        return new Piece(offset, Arrays.copyOf(buffer.array(), buffer.position()));
    }

    /** A file, opened. */
    public Answer<Whole> download(String virtual) {
        return answer(virtual, real -> {
            if (!Files.isRegularFile(real)) {
                return new Answer.Refused<>(400, "Cannot download a directory.\n");
            }
            SeekableByteChannel content = SecureTree.open(real);
            return new Answer.Found<>(new Whole(String.valueOf(real.getFileName()), content.size(), content));
        });
    }

    private interface Request<T> {
        Answer<T> on(Path real) throws IOException;
    }

    private <T> Answer<T> answer(String virtual, Request<T> request) {
        try {
            Optional<String> attachment = attachment(virtual);
            Path root = attachment.map(attached::get).orElse(null);
            if (attachment.isEmpty() || root == null) {
                return notFound();
            }
            String below = normal(virtual).substring(attachment.get().length());
            Path real =
                    below.isEmpty() ? root : root.resolve(below.substring(1)).toRealPath();
            if (!real.startsWith(root)) {
                return new Answer.Refused<>(400, "'" + virtual + "' is inaccessible.\n");
            }
            return request.on(real);
        } catch (NoSuchFileException e) {
            return notFound();
        } catch (AccessDeniedException e) {
            return new Answer.Refused<>(403, "'" + virtual + "' may not be read.\n");
        } catch (InvalidPathException e) {
            return new Answer.Refused<>(400, "'" + virtual + "' is not a path.\n");
        } catch (IOException e) {
            boolean belowFile = e instanceof FileSystemException failure && NOT_A_DIRECTORY.equals(failure.getReason());
            return belowFile
                    ? notFound()
                    : new Answer.Refused<>(500, "'" + virtual + "' cannot be read: " + e.getMessage() + ".\n");
        }
    }

    private static <T> Answer<T> notFound() {
        return new Answer.Refused<>(404, "");
    }

    private static Optional<Entry> entry(String virtual, Path file) throws IOException {
        try {
            Map<String, Object> facts = Files.readAttributes(file, "unix:*");
            String type = Boolean.TRUE.equals(facts.get("isDirectory")) ? "d" : "-";
            long mtime = Files.getLastModifiedTime(file).toMillis() / 1000;
            return Optional.of(new Entry(
                    withoutTrailingSlash(virtual) + "/" + file.getFileName(),
                    type + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                    ((Number) Objects.requireNonNull(facts.get("nlink"))).longValue(),
                    String.valueOf(facts.get("owner")),
                    String.valueOf(facts.get("group")),
                    ((Number) Objects.requireNonNull(facts.get("size"))).longValue(),
                    mtime));
        } catch (NoSuchFileException e) {
            // A link to nothing, or gone since it was listed.
            return Optional.empty();
        }
    }

    /** With one slash in front and none behind. */
    private static String normal(String virtual) {
        String text = withoutTrailingSlash(virtual).replaceAll("/+", "/");
        return text.startsWith("/") ? text : "/" + text;
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
