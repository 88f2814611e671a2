package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Ports;
import org.nucleus.wire.Value;

/**
 * Which host ports a task gets: the defined numbers if they are required, else any, beginning at a random place of what
 * was offered. Source: mesos.PortsMatcher.
 */
final class PortPicker {
    private PortPicker() {}

    /** What is asked of one port: this very number, any, or none on the host. */
    private static final int ANY = 0;

    private static final int NONE = -1;

    /**
     * @param random a number at least 0 and below its argument
     * @return one number for each definition, in order, 0 for one that takes none; empty if the offer lacks them
     */
    static Optional<List<Integer>> pick(Ports wanted, List<Value.Range> offered, IntUnaryOperator random) {
        List<Integer> asked = asked(wanted);
        Set<Integer> taken = new LinkedHashSet<>();
        List<Integer> picked = new ArrayList<>();
        for (int number : asked) {
            if (number == NONE) {
                picked.add(0);
                continue;
            }
            int port = number == ANY ? any(offered, asked, taken, random) : claim(number, offered, taken);
            if (port < 0) {
                return Optional.empty();
            }
            taken.add(port);
            picked.add(port);
        }
        return Optional.of(picked);
    }

    private static List<Integer> asked(Ports wanted) {
        List<Integer> asked = new ArrayList<>();
        for (PortDefinition definition : wanted.definitions()) {
            var mapping = definition.mapping();
            if (mapping != null) {
                asked.add(mapping.hostPort() == null ? NONE : mapping.hostPort());
            } else {
                asked.add(wanted.required() ? definition.port() : ANY);
            }
        }
        return asked;
    }

    private static int claim(int number, List<Value.Range> offered, Set<Integer> taken) {
        boolean there = offered.stream().anyMatch(range -> range.begin() <= number && number <= range.end());
        return there && !taken.contains(number) ? number : -1;
    }

    private static int any(
            List<Value.Range> offered, List<Integer> asked, Set<Integer> taken, IntUnaryOperator random) {
        long total = offered.stream()
                .mapToLong(range -> range.end() - range.begin() + 1)
                .sum();
        if (total <= 0) {
            return -1;
        }
        int start = random.applyAsInt((int) Math.min(total, Integer.MAX_VALUE));
        for (long step = 0; step < total; step++) {
            int port = at(offered, (start + step) % total);
            if (!taken.contains(port) && !asked.contains(port)) {
                return port;
            }
        }
        return -1;
    }

    private static int at(List<Value.Range> offered, long index) {
        long left = index;
        for (Value.Range range : offered) {
            long size = range.end() - range.begin() + 1;
            if (left < size) {
                return (int) (range.begin() + left);
            }
            left -= size;
        }
        throw new IllegalArgumentException("no port at " + index);
    }
}
