package org.nucleus.agent.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Identity;
import org.nucleus.agent.core.state.Remembered;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.machine.Journal;
import org.nucleus.wire.codec.BadMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's journal: one file, one line per commit, each with its checksum, appended and forced to disk. What a
 * crash left half written at the end is cut off: nothing of it has had any effect. When the file has grown it is
 * written anew with the shortest history that leads to the same state, beside the old one, and put in its place.
 *
 * <p>One process at a time owns a work directory. Used by one thread at a time.
 */
public final class CheckpointJournal implements Journal<Change.Durable>, Closeable {
    private static final Logger log = LoggerFactory.getLogger(CheckpointJournal.class);
    private static final long COMPACT_LEAST = 4L << 20;
    private static final int COMPACT_GROWTH = 4;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path meta;
    private final Path file;
    private final ChangeCodec codec = new ChangeCodec();
    private final Remembered remembered = new Remembered();
    private final FileChannel lockFile;
    /** Not a channel: those are closed by an interrupt of the thread that writes. */
    private RandomAccessFile storage;

    private long end;
    private long compactAt;

    private CheckpointJournal(Path meta, FileChannel lockFile) throws IOException {
        this.meta = meta;
        this.file = meta.resolve("agent.journal");
        this.lockFile = lockFile;
        this.storage = openOwnerOnly(file);
    }

    /**
     * Opens the journal of {@code workDir}, or begins it, and reads all of it.
     *
     * @throws InUse if another agent has the directory
     * @throws Damaged if the file was changed by something other than a crash
     */
    public static CheckpointJournal open(Path workDir) throws IOException {
        Path meta = Files.createDirectories(workDir.resolve("meta"));
        FileChannel lockFile = FileChannel.open(
                meta.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly());
        try {
            lock(lockFile, workDir);
            CheckpointJournal journal = new CheckpointJournal(meta, lockFile);
            journal.recover();
            return journal;
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /** Another agent has the work directory. */
    public static final class InUse extends IOException {
        InUse(Path workDir) {
            super("Another agent uses the work directory " + workDir + ". Set --work_dir, or stop the other agent.");
        }
    }

    /** The journal can't be trusted. */
    public static final class Damaged extends IOException {
        Damaged(Path file, String what) {
            super(file + " is damaged: " + what
                    + ". Start once with --no-strict, or move it away, to start as a new agent; tasks that still run"
                    + " are then killed.");
        }
    }

    /**
     * As {@link #open}; but a damaged journal is put aside with a warning, and another begun: the agent is a new one.
     */
    public static CheckpointJournal openOrBegin(Path workDir) throws IOException {
        try {
            return open(workDir);
        } catch (Damaged e) {
            Path meta = workDir.resolve("meta");
            Path aside = Files.createTempFile(meta, "agent.journal.damaged-", "");
            Files.move(meta.resolve("agent.journal"), aside, StandardCopyOption.REPLACE_EXISTING);
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("kept", aside)
                    .log("The journal is damaged: starting as a new agent, and ending what still runs");
            return open(workDir);
        }
    }

    /** Whether the agent has an id. */
    public boolean isAdmitted() {
        return remembered.identity() instanceof Identity.Admitted;
    }

    /** The durable changes that lead to what is stored, oldest first. */
    public List<Change.Durable> history() {
        return remembered.asChanges();
    }

    @Override
    public void commit(List<Change.Durable> changes) {
        byte[] line = line(changes);
        CrashPoint.COMMIT_BEGUN.reached();
        try {
            append(line);
        } catch (IOException e) {
            throw new Unavailable("Cannot write " + file, e);
        }
        CrashPoint.COMMIT_DONE.reached();
        end += line.length;
        changes.forEach(remembered::apply);
        if (end > compactAt) {
            compact();
        }
    }

    @Override
    public void close() throws IOException {
        storage.close();
        lockFile.close();
    }

    private static void lock(FileChannel lockFile, Path workDir) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                throw new InUse(workDir);
            }
        } catch (OverlappingFileLockException e) {
            throw new InUse(workDir);
        }
    }

    private void recover() throws IOException {
        byte[] content = Files.readAllBytes(file);
        int at = 0;
        while (at < content.length) {
            int newline = next(content, at);
            if (newline < 0 || !isWhole(content, at, newline)) {
                break;
            }
            replay(new String(content, at + 9, newline - at - 9, StandardCharsets.UTF_8));
            at = newline + 1;
        }
        if (at < content.length) {
            cutOff(content, at);
        }
        end = at;
        compactAt = Math.max(COMPACT_LEAST, end * 2);
    }

    private void replay(String json) throws IOException {
        try {
            codec.decode(json).forEach(remembered::apply);
        } catch (BadMessage | IllegalArgumentException e) {
            throw new Damaged(file, String.valueOf(e.getMessage()));
        }
    }

    /** A commit is forced to disk before the next begins: only the last can be torn. */
    private void cutOff(byte[] content, int at) throws IOException {
        for (int from = next(content, at) + 1; from > 0 && from < content.length; from = next(content, from) + 1) {
            int newline = next(content, from);
            if (newline > 0 && isWhole(content, from, newline)) {
                throw new Damaged(file, "an unreadable commit is followed by readable ones");
            }
        }
        log.atWarn()
                .addKeyValue("file", file)
                .addKeyValue("bytes", content.length - at)
                .log("Cut off an unfinished commit at the end of the journal");
        storage.setLength(at);
        storage.getFD().sync();
    }

    private static int next(byte[] content, int from) {
        for (int i = from; i < content.length; i++) {
            if (content[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWhole(byte[] content, int from, int newline) {
        if (newline - from < 9 || content[from + 8] != ' ') {
            return false;
        }
        CRC32 checksum = new CRC32();
        checksum.update(content, from + 9, newline - from - 9);
        String written = new String(content, from, 8, StandardCharsets.ISO_8859_1);
        return written.equals(hex(checksum));
    }

    private byte[] line(List<Change.Durable> changes) {
        byte[] json = codec.encode(changes).getBytes(StandardCharsets.UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(json);
        ByteBuffer line = ByteBuffer.allocate(json.length + 10);
        line.put(hex(checksum).getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) ' ')
                .put(json)
                .put((byte) '\n');
        return line.array();
    }

    private static String hex(CRC32 checksum) {
        return String.format("%08x", checksum.getValue());
    }

    private void append(byte[] line) throws IOException {
        storage.seek(end);
        int half = line.length / 2;
        storage.write(line, 0, half);
        CrashPoint.COMMIT_TORN.reached();
        storage.write(line, half, line.length - half);
        storage.setLength(end + line.length);
        storage.getFD().sync();
    }

    /** The old file stays good until the new one has taken its place, so a failure here costs nothing but space. */
    private void compact() {
        byte[] line = line(remembered.asChanges());
        try {
            RandomAccessFile old = storage;
            storage = replace(line);
            end = line.length;
            old.close();
            forceDirectory();
        } catch (IOException e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("file", file)
                    .log("Could not shorten the journal; going on with it as it is");
        }
        compactAt = Math.max(COMPACT_LEAST, end * COMPACT_GROWTH);
    }

    private RandomAccessFile replace(byte[] line) throws IOException {
        Path fresh = meta.resolve("agent.journal.new");
        Files.deleteIfExists(fresh);
        RandomAccessFile next = openOwnerOnly(fresh);
        try {
            next.write(line);
            next.getFD().sync();
            CrashPoint.COMPACTION_WRITTEN.reached();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            CrashPoint.COMPACTION_MOVED.reached();
            return next;
        } catch (IOException e) {
            next.close();
            throw e;
        }
    }

    private void forceDirectory() throws IOException {
        try (FileChannel directory = FileChannel.open(meta, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static RandomAccessFile openOwnerOnly(Path path) throws IOException {
        if (Files.notExists(path)) {
            Files.createFile(path, ownerOnly());
        }
        return new RandomAccessFile(path.toFile(), "rw");
    }

    private static FileAttribute<?>[] ownerOnly() {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)};
    }
}
