package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.nucleus.marathon.core.state.Ports;
import org.nucleus.wire.Value;

/**
 * Which host ports a task gets: the defined numbers if they are required, else any, beginning at a random place of what
 * was offered. Source: mesos.PortsMatcher.
 */
final class PortPicker {
    private PortPicker() {}

    /**
     * @param random a number at least 0 and below its argument
     * @return one number for each definition, in order; empty if the offer lacks them
     */
    static Optional<List<Integer>> pick(Ports wanted, List<Value.Range> offered, IntUnaryOperator random) {
        Set<Integer> taken = new LinkedHashSet<>();
        List<Integer> picked = new ArrayList<>();
        for (int number : wanted.numbers()) {
            boolean exactly = wanted.required() && number != 0;
            int port = exactly ? claim(number, offered, taken) : any(offered, wanted, taken, random);
            if (port < 0) {
                return Optional.empty();
            }
            taken.add(port);
            picked.add(port);
        }
        return Optional.of(picked);
    }

    private static int claim(int number, List<Value.Range> offered, Set<Integer> taken) {
        boolean there = offered.stream().anyMatch(range -> range.begin() <= number && number <= range.end());
        return there && !taken.contains(number) ? number : -1;
    }

    private static int any(List<Value.Range> offered, Ports wanted, Set<Integer> taken, IntUnaryOperator random) {
        long total = offered.stream()
                .mapToLong(range -> range.end() - range.begin() + 1)
                .sum();
        if (total <= 0) {
            return -1;
        }
        int start = random.applyAsInt((int) Math.min(total, Integer.MAX_VALUE));
        for (long step = 0; step < total; step++) {
            int port = at(offered, (start + step) % total);
            boolean promised = wanted.required() && wanted.numbers().contains(port);
            if (!taken.contains(port) && !promised) {
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
