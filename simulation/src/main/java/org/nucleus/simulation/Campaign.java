package org.nucleus.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Many worlds, some at a time, and what all of them have shown together. The first that breaks ends it. */
public final class Campaign {
    private static final long NONE = Long.MIN_VALUE;

    private final int threads;
    private final Coverage coverage = new Coverage();
    private final AtomicLong failed = new AtomicLong(NONE);
    private long worlds;
    private long events;

    /** @param threads how many worlds happen at a time */
    public Campaign(int threads) {
        this.threads = threads;
    }

    /** Lets {@code count} worlds happen, from seed {@code first} on, or as many as it takes until one breaks. */
    public void run(long first, long count) {
        AtomicLong next = new AtomicLong(first);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().name("worlds-" + i).start(() -> work(next, first + count)));
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            failed.compareAndSet(NONE, next.get());
            Thread.currentThread().interrupt();
        }
    }

    private void work(AtomicLong next, long end) {
        for (long seed = next.getAndIncrement(); seed < end && failed.get() == NONE; seed = next.getAndIncrement()) {
            World world = new World(seed);
            try {
                add(world, world.run());
            } catch (Broken e) {
                failed.compareAndSet(NONE, seed);
            }
        }
    }

    private synchronized void add(World world, World.History history) {
        worlds++;
        events += history.events();
        coverage.add(world.coverage());
    }

    /** A seed whose world broke, if one did. */
    public OptionalLong failed() {
        long seed = failed.get();
        return seed == NONE ? OptionalLong.empty() : OptionalLong.of(seed);
    }

    public synchronized Coverage coverage() {
        return coverage;
    }

    /** For people: how many worlds there were, and what they have shown. */
    public synchronized String report() {
        String milestones = coverage.milestones().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n  ", "\n  ", ""));
        return worlds + " worlds, " + events + " events, " + coverage.distinct() + " different behaviours "
                + coverage.distinctByMachine() + milestones;
    }
}
