package org.nucleus.resources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import org.nucleus.machine.Invariant;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/**
 * A set of whole numbers, held as closed ranges: sorted, apart from each other by at least one number. Every operation
 * walks each side once. Numbers lie between 0 and {@link #MOST}.
 */
public final class Ranges implements Amount {
    /** The largest number that a range may hold. */
    public static final long MOST = Long.MAX_VALUE - 1;

    private static final Ranges NONE = new Ranges(new long[0]);

    /** begin, end, begin, end … */
    private final long[] bounds;

    private Ranges(long[] bounds) {
        this.bounds = bounds;
    }

    public static Ranges none() {
        return NONE;
    }

    public static Ranges of(long begin, long end) {
        Invariant.check(0 <= begin && begin <= end && end <= MOST, "range out of order");
        return new Ranges(new long[] {begin, end});
    }

    /** Sorts and coalesces; ranges may touch and overlap. */
    public static Ranges of(List<Value.Range> ranges) {
        if (ranges.isEmpty()) {
            return NONE;
        }
        List<Value.Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(Value.Range::begin));
        var result = new Joining(sorted.size());
        sorted.forEach(range -> result.add(range.begin(), range.end()));
        return result.ranges();
    }

    /** The numbers of all, in one go however many there are. */
    public static Ranges sum(List<Ranges> parts) {
        return switch (parts.size()) {
            case 0 -> NONE;
            case 1 -> parts.getFirst();
            case 2 -> parts.getFirst().plus(parts.getLast());
            default -> of(parts.stream().flatMap(part -> part.toList().stream()).toList());
        };
    }

    public List<Value.Range> toList() {
        List<Value.Range> list = new ArrayList<>(bounds.length / 2);
        for (int i = 0; i < bounds.length; i += 2) {
            list.add(new Value.Range(bounds[i], bounds[i + 1]));
        }
        return list;
    }

    @Override
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** How many numbers there are, at most {@link Long#MAX_VALUE}. */
    public long count() {
        long count = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            count += bounds[i + 1] - bounds[i] + 1;
        }
        return count;
    }

    public boolean contains(long number) {
        int at = Arrays.binarySearch(bounds, number);
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    public boolean contains(Ranges part) {
        int mine = 0;
        for (int i = 0; i < part.bounds.length; i += 2) {
            while (mine < bounds.length && bounds[mine + 1] < part.bounds[i]) {
                mine += 2;
            }
            if (mine == bounds.length || bounds[mine] > part.bounds[i] || bounds[mine + 1] < part.bounds[i + 1]) {
                return false;
            }
        }
        return true;
    }

    public boolean intersects(Ranges other) {
        int mine = 0;
        int theirs = 0;
        while (mine < bounds.length && theirs < other.bounds.length) {
            if (bounds[mine + 1] < other.bounds[theirs]) {
                mine += 2;
            } else if (other.bounds[theirs + 1] < bounds[mine]) {
                theirs += 2;
            } else {
                return true;
            }
        }
        return false;
    }

    public Ranges plus(Ranges other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        var result = new Joining(bounds.length / 2 + other.bounds.length / 2);
        int mine = 0;
        int theirs = 0;
        while (mine < bounds.length || theirs < other.bounds.length) {
            boolean takeMine =
                    theirs == other.bounds.length || (mine < bounds.length && bounds[mine] <= other.bounds[theirs]);
            if (takeMine) {
                result.add(bounds[mine], bounds[mine + 1]);
                mine += 2;
            } else {
                result.add(other.bounds[theirs], other.bounds[theirs + 1]);
                theirs += 2;
            }
        }
        return result.ranges();
    }

    /** The numbers that {@code other} lacks. */
    public Ranges minus(Ranges other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        var result = new Joining(bounds.length / 2 + other.bounds.length / 2);
        int theirs = 0;
        for (int mine = 0; mine < bounds.length; mine += 2) {
            long begin = bounds[mine];
            long end = bounds[mine + 1];
            while (theirs < other.bounds.length && other.bounds[theirs + 1] < begin) {
                theirs += 2;
            }
            for (int cut = theirs; cut < other.bounds.length && other.bounds[cut] <= end; cut += 2) {
                if (other.bounds[cut] > begin) {
                    result.add(begin, other.bounds[cut] - 1);
                }
                begin = other.bounds[cut + 1] + 1;
            }
            if (begin <= end) {
                result.add(begin, end);
            }
        }
        return result.ranges();
    }

    /** The numbers of both. */
    public Ranges and(Ranges other) {
        return minus(minus(other));
    }

    /** The lowest {@code count} numbers, or all if there are fewer. */
    public Ranges lowest(long count) {
        var result = new Joining(bounds.length / 2);
        long left = count;
        for (int i = 0; i < bounds.length && left > 0; i += 2) {
            long taken = Math.min(left, bounds[i + 1] - bounds[i] + 1);
            result.add(bounds[i], bounds[i] + taken - 1);
            left -= taken;
        }
        return result.ranges();
    }

    @Override
    public boolean contains(Amount part) {
        return contains((Ranges) part);
    }

    @Override
    public Amount plus(Amount other) {
        return plus((Ranges) other);
    }

    @Override
    public Amount minus(Amount part) {
        return minus((Ranges) part);
    }

    @Override
    public int compareWith(Amount other) {
        return Arrays.compare(bounds, ((Ranges) other).bounds);
    }

    @Override
    public void writeTo(Resource.Builder resource) {
        resource.ranges(new Value.Ranges(toList()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges ranges && Arrays.equals(bounds, ranges.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** For example {@code [21000-24000, 30000-34000]}. */
    @Override
    public String toString() {
        var text = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < bounds.length; i += 2) {
            text.add(bounds[i] + "-" + bounds[i + 1]);
        }
        return text.toString();
    }

    /** Collects ranges that come in the order of their beginnings, and joins those that touch. */
    private static final class Joining {
        private final long[] bounds;
        private int length;

        Joining(int mostRanges) {
            bounds = new long[2 * mostRanges];
        }

        void add(long begin, long end) {
            if (length > 0 && begin <= bounds[length - 1] + 1) {
                bounds[length - 1] = Math.max(bounds[length - 1], end);
                return;
            }
            bounds[length++] = begin;
            bounds[length++] = end;
        }

        Ranges ranges() {
            return length == 0 ? NONE : new Ranges(Arrays.copyOf(bounds, length));
        }
    }
}
