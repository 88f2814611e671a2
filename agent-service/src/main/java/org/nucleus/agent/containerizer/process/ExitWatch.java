package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nucleus.agent.containerizer.Started;

/**
 * Tells when processes end, children or not: one thread polls a {@code pidfd} for each. Children are reaped. What is
 * to run at an end runs on that thread, and must be short.
 */
final class ExitWatch implements AutoCloseable {
    private record Watched(long pid, int descriptor, Runnable onExit) {}

    private final Wakeup wakeup;
    private final Thread thread;
    private final List<Watched> added = new ArrayList<>();
    private boolean closed;

    ExitWatch() throws IOException {
        this.wakeup = new Wakeup();
        this.thread = Thread.ofPlatform().name("exit-watch").daemon().start(this::run);
    }

    /** Watches a child of this process that nobody has reaped. */
    void watchChild(long pid, Runnable onExit) throws IOException {
        int descriptor =
                Libc.pidfdOpen(pid).orElseThrow(() -> new IOException("The child " + pid + " was reaped elsewhere"));
        add(new Watched(pid, descriptor, onExit));
    }

    /** Watches whatever process this is; false if it has ended and gone. */
    boolean watch(Started process, Runnable onExit) throws IOException {
        Optional<Integer> descriptor = Libc.pidfdOpen(process.pid());
        if (descriptor.isEmpty()) {
            return false;
        }
        // Asked after the pidfd was opened: if it is the same process now, it is the one that the pidfd stands for.
        boolean same = ProcessTable.of(process.pid())
                .filter(entry -> entry.startTicks() == process.startTicks())
                .isPresent();
        if (!same) {
            Libc.close(descriptor.get());
            return false;
        }
        add(new Watched(process.pid(), descriptor.get(), onExit));
        return true;
    }

    private void add(Watched watched) throws IOException {
        synchronized (added) {
            if (closed) {
                Libc.close(watched.descriptor());
                return;
            }
            added.add(watched);
        }
        wakeup.signal();
    }

    @Override
    public void close() {
        synchronized (added) {
            closed = true;
        }
        try {
            wakeup.signal();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Watched> all = new ArrayList<>();
        try (wakeup) {
            while (takeAdded(all)) {
                int[] descriptors = new int[all.size() + 1];
                for (int i = 0; i < all.size(); i++) {
                    descriptors[i] = all.get(i).descriptor();
                }
                descriptors[all.size()] = wakeup.descriptor();
                boolean[] ended = Libc.poll(descriptors, -1);
                for (int i = all.size() - 1; i >= 0; i--) {
                    if (ended[i]) {
                        end(all.remove(i));
                    }
                }
            }
            for (Watched watched : all) {
                Libc.close(watched.descriptor());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean takeAdded(List<Watched> all) throws IOException {
        wakeup.clear();
        synchronized (added) {
            all.addAll(added);
            added.clear();
            return !closed;
        }
    }

    private static void end(Watched watched) throws IOException {
        Libc.close(watched.descriptor());
        Libc.reap(watched.pid());
        watched.onExit().run();
    }
}
