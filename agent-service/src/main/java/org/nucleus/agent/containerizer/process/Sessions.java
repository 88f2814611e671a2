package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.nucleus.agent.containerizer.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals whole sessions, whatever process groups their members made. One thread serves all requests of a moment with
 * one look at the process table, and looks again when what it killed has died.
 */
final class Sessions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    private static final int FIRST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;
    /** Rounds after which a process that does not die is worth a warning. */
    private static final int PATIENCE_ROUNDS = 8;

    private final Wakeup wakeup;
    private final Thread thread;
    private final List<Request> added = new ArrayList<>();
    private boolean closed;

    private static final class Request {
        final Session session;
        final Signal signal;
        final CompletableFuture<Void> done = new CompletableFuture<>();
        int rounds;

        Request(Session session, Signal signal) {
            this.session = session;
            this.signal = signal;
        }
    }

    Sessions() throws IOException {
        this.wakeup = new Wakeup();
        this.thread = Thread.ofPlatform().name("sessions").daemon().start(this::run);
    }

    /** Asks every member once to terminate. */
    void ask(Session session) {
        add(new Request(session, Signal.TERM));
    }

    /** Kills every member, and those they start meanwhile; completes when none lives. */
    CompletableFuture<Void> end(Session session) {
        Request request = new Request(session, Signal.KILL);
        add(request);
        return request.done;
    }

    private void add(Request request) {
        synchronized (added) {
            added.add(request);
        }
        wake();
    }

    private void wake() {
        try {
            wakeup.signal();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        synchronized (added) {
            closed = true;
        }
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Request> pending = new ArrayList<>();
        List<Integer> dying = new ArrayList<>();
        try (wakeup) {
            while (takeAdded(pending)) {
                if (!pending.isEmpty()) {
                    signal(pending, dying);
                }
                await(dying, pause(pending));
                for (int descriptor : dying) {
                    Libc.close(descriptor);
                }
                dying.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean takeAdded(List<Request> pending) throws IOException {
        wakeup.clear();
        synchronized (added) {
            pending.addAll(added);
            added.clear();
            return !closed;
        }
    }

    private void signal(List<Request> pending, List<Integer> dying) throws IOException {
        List<ProcessTable.Entry> table = table(pending);
        for (Iterator<Request> requests = pending.iterator(); requests.hasNext(); ) {
            Request request = requests.next();
            List<ProcessTable.Entry> members = request.session.members(table);
            killCgroup(request);
            for (ProcessTable.Entry member : members) {
                signal(member, request.signal, dying);
            }
            request.rounds++;
            if (members.isEmpty() || request.signal == Signal.TERM) {
                requests.remove();
                request.done.complete(null);
            } else if (request.rounds == PATIENCE_ROUNDS) {
                log.atWarn()
                        .addKeyValue("session", request.session.id())
                        .addKeyValue("pid", members.getFirst().pid())
                        .log("A killed process does not die; waiting for it");
            }
        }
    }

    private static List<ProcessTable.Entry> table(List<Request> pending) throws IOException {
        Set<Long> sessions = new LinkedHashSet<>();
        Set<Long> grouped = new LinkedHashSet<>();
        for (Request request : pending) {
            sessions.add(request.session.id());
            grouped.addAll(request.session.cage().members());
        }
        return ProcessTable.of(sessions, grouped);
    }

    private static void killCgroup(Request request) throws IOException {
        if (request.signal == Signal.KILL) {
            request.session.cage().kill();
        }
    }

    private static void signal(ProcessTable.Entry member, Signal signal, List<Integer> dying) throws IOException {
        var descriptor = Libc.pidfdOpen(member.pid());
        if (descriptor.isEmpty()) {
            return;
        }
        boolean same = ProcessTable.of(member.pid())
                .filter(entry -> entry.startTicks() == member.startTicks())
                .isPresent();
        if (same) {
            Libc.pidfdSignal(descriptor.get(), signal.number());
        }
        if (same && signal == Signal.KILL) {
            dying.add(descriptor.get());
        } else {
            Libc.close(descriptor.get());
        }
    }

    /** Until a request comes, or until one of the dying is dead and it is worth looking again. */
    private void await(List<Integer> dying, int millis) throws IOException {
        int[] descriptors = new int[dying.size() + 1];
        for (int i = 0; i < dying.size(); i++) {
            descriptors[i] = dying.get(i);
        }
        descriptors[dying.size()] = wakeup.descriptor();
        Libc.poll(descriptors, millis);
    }

    /** For ever without requests; longer with each round, since who has not died yet hangs in the kernel. */
    private static int pause(List<Request> pending) {
        int rounds = pending.stream().mapToInt(request -> request.rounds).min().orElse(0);
        return pending.isEmpty()
                ? -1
                : Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(rounds, PATIENCE_ROUNDS));
    }
}
