package org.nucleus.agent.fetcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.nucleus.service.files.SecureTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was fetched and may be wanted again, in a directory of its own, by user and URI. Those who want the same at the
 * same time wait for one of them to bring it. When it grows beyond its bound, what was longest not used goes; what does
 * not fit at all is not kept. Nothing survives the agent's process. Thread-safe.
 */
public final class FetcherCache {
    private static final Logger log = LoggerFactory.getLogger(FetcherCache.class);

    private final Path directory;
    private final long mostBytes;
    /** The longest not used first. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;
    private long lastFile;

    /** Files of one user are not another's to read. */
    record Key(String user, String uri) {}

    /** Brings a URI's content into a file. */
    interface Source {
        void bring(Path target) throws IOException;
    }

    /** Content that is there, or on its way. */
    private static final class Entry {
        private final Path file;
        private final CountDownLatch filled = new CountDownLatch(1);
        private int readers = 1;
        private long size;
        private boolean good;

        Entry(Path file) {
            this.file = file;
        }
    }

    /**
     * Works in {@code directory}, which is its alone: what is there goes.
     *
     * @param mostBytes of all content that is kept
     */
    public FetcherCache(Path directory, long mostBytes) throws IOException {
        SecureTree.delete(directory);
        this.directory = Files.createDirectories(directory);
        this.mostBytes = mostBytes;
    }

    /**
     * Puts the content of {@code key} into {@code target}, from here or from {@code source}.
     *
     * @return whether it was here, or came for somebody else meanwhile
     */
    boolean bring(Key key, Source source, Path target) throws IOException {
        Entry mine = null;
        Entry known;
        synchronized (entries) {
            known = entries.get(key);
            if (known == null) {
                mine = new Entry(directory.resolve(Long.toString(++lastFile)));
                entries.put(key, mine);
            } else {
                known.readers++;
            }
        }
        if (known == null) {
            fill(key, Objects.requireNonNull(mine), source, target);
            return false;
        }
        return await(known) ? copy(known, target) : bypass(known, source, target);
    }

    /** How many bytes are kept. */
    long bytes() {
        synchronized (entries) {
            return bytes;
        }
    }

    private void fill(Key key, Entry entry, Source source, Path target) throws IOException {
        boolean kept = false;
        try {
            source.bring(target);
            kept = keep(entry, target);
        } finally {
            synchronized (entries) {
                entry.good = kept;
                if (!kept) {
                    entries.remove(key, entry);
                }
            }
            entry.filled.countDown();
            release(entry);
        }
    }

    /** A copy stays here, if there is room for it. A cache that cannot be written is not worth failing a task for. */
    private boolean keep(Entry entry, Path content) throws IOException {
        long size = Files.size(content);
        if (!makeRoom(size)) {
            return false;
        }
        try {
            Files.copy(content, entry.file);
            entry.size = size;
            return true;
        } catch (IOException e) {
            log.atWarn().setCause(e).addKeyValue("file", entry.file).log("The fetcher's cache cannot be written");
            Files.deleteIfExists(entry.file);
            synchronized (entries) {
                bytes -= size;
            }
            return false;
        }
    }

    private boolean makeRoom(long size) throws IOException {
        synchronized (entries) {
            Iterator<Entry> oldest = entries.values().iterator();
            while (size <= mostBytes && bytes + size > mostBytes && oldest.hasNext()) {
                Entry entry = oldest.next();
                if (entry.good && entry.readers == 0) {
                    oldest.remove();
                    bytes -= entry.size;
                    Files.deleteIfExists(entry.file);
                }
            }
            boolean fits = bytes + size <= mostBytes;
            bytes += fits ? size : 0;
            return fits;
        }
    }

    private boolean await(Entry entry) throws FetchFailed {
        try {
            entry.filled.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            release(entry);
            throw new FetchFailed("it was interrupted", e);
        }
        synchronized (entries) {
            return entry.good;
        }
    }

    private boolean copy(Entry entry, Path target) throws IOException {
        try {
            Files.copy(entry.file, target, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            release(entry);
        }
    }

    /** Whoever was to bring it has failed, or it was not kept: everybody for himself. */
    private boolean bypass(Entry entry, Source source, Path target) throws IOException {
        release(entry);
        source.bring(target);
        return false;
    }

    private void release(Entry entry) {
        synchronized (entries) {
            entry.readers--;
        }
    }
}
