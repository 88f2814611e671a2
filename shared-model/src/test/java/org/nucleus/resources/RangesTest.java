package org.nucleus.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.wire.Value;

class RangesTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    1-2          | [1-2]
                    1-2,3-4      | [1-4]
                    3-4,1-2      | [1-4]
                    1-2,4-5      | [1-2, 4-5]
                    1-9,2-3      | [1-9]
                    1-3,2-5      | [1-5]
                    5-5,1-1,3-3  | [1-1, 3-3, 5-5]
                    5-5,4-4,6-6  | [4-6]
                    """)
    void sortsAndCoalesces(String ranges, String expected) {
        assertThat(ranges(ranges)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0} - {1} = {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    1-10     | 1-10      | []
                    1-10     | 1-3       | [4-10]
                    1-10     | 8-10      | [1-7]
                    1-10     | 4-6       | [1-3, 7-10]
                    1-10     | 2-2,4-4   | [1-1, 3-3, 5-10]
                    1-3,7-9  | 3-7       | [1-2, 8-9]
                    1-3,7-9  | 4-6       | [1-3, 7-9]
                    5-6      | 1-100     | []
                    """)
    void cutsOut(String from, String part, String expected) {
        assertThat(ranges(from).minus(ranges(part))).hasToString(expected);
    }

    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    1-10    | 1-10     | true
                    1-10    | 2-3,5-6  | true
                    1-5,6-9 | 4-7      | true
                    1-4,6-9 | 4-6      | false
                    1-4,6-9 | 5-5      | false
                    1-4     | 4-5      | false
                    2-4     | 1-2      | false
                    """)
    void knowsWhatItContains(String whole, String part, boolean expected) {
        assertThat(ranges(whole).contains(ranges(part))).isEqualTo(expected);
    }

    @Test
    void nothingIsContainedInEverything() {
        assertThat(Ranges.none().contains(Ranges.none())).isTrue();
        assertThat(ranges("1-2").contains(Ranges.none())).isTrue();
        assertThat(Ranges.none().contains(ranges("1-2"))).isFalse();
    }

    @Test
    void givesTheLowestNumbers() {
        assertThat(ranges("3-4,8-9").lowest(3)).hasToString("[3-4, 8-8]");
        assertThat(ranges("3-4,8-9").lowest(0)).isEqualTo(Ranges.none());
        assertThat(ranges("3-4,8-9").lowest(99)).hasToString("[3-4, 8-9]");
    }

    @Test
    void reachesTheLargestNumber() {
        Ranges all = Ranges.of(0, Ranges.MOST);
        assertThat(all.count()).isEqualTo(Long.MAX_VALUE);
        assertThat(all.minus(Ranges.of(Ranges.MOST, Ranges.MOST))).hasToString("[0-" + (Ranges.MOST - 1) + "]");
        assertThat(all.plus(all)).isEqualTo(all);
    }

    @Test
    void behavesAsASetOfNumbers() {
        Seeds.forEach(random -> {
            TreeSet<Long> left = numbers(random);
            TreeSet<Long> right = numbers(random);
            Ranges a = ranges(left);
            Ranges b = ranges(right);

            TreeSet<Long> union = new TreeSet<>(left);
            union.addAll(right);
            TreeSet<Long> difference = new TreeSet<>(left);
            difference.removeAll(right);
            TreeSet<Long> both = new TreeSet<>(left);
            both.retainAll(right);
            assertThat(numbers(a.plus(b))).isEqualTo(union);
            assertThat(numbers(a.minus(b))).isEqualTo(difference);
            assertThat(numbers(a.and(b))).isEqualTo(both);
            assertThat(a.contains(b)).isEqualTo(left.containsAll(right));
            assertThat(a.intersects(b)).isEqualTo(!both.isEmpty());
            assertThat(a.count()).isEqualTo(left.size());
            assertThat(a.plus(b))
                    .isEqualTo(b.plus(a))
                    .hasSameHashCodeAs(b.plus(a))
                    .isEqualTo(ranges(union));
            for (long number = 0; number < 50; number++) {
                assertThat(a.contains(number)).isEqualTo(left.contains(number));
            }
        });
    }

    private static TreeSet<Long> numbers(Random random) {
        TreeSet<Long> numbers = new TreeSet<>();
        int blocks = random.nextInt(6);
        for (int i = 0; i < blocks; i++) {
            long begin = random.nextLong(40);
            LongStream.rangeClosed(begin, begin + random.nextLong(8)).forEach(numbers::add);
        }
        return numbers;
    }

    private static Ranges ranges(TreeSet<Long> numbers) {
        List<Value.Range> single = new ArrayList<>();
        numbers.descendingSet().forEach(number -> single.add(new Value.Range(number, number)));
        return Ranges.of(single);
    }

    private static TreeSet<Long> numbers(Ranges ranges) {
        TreeSet<Long> numbers = new TreeSet<>();
        long before = Long.MIN_VALUE;
        for (Value.Range range : ranges.toList()) {
            assertThat(range.begin()).as("apart from the one before").isGreaterThan(before + 1);
            LongStream.rangeClosed(range.begin(), range.end()).forEach(numbers::add);
            before = range.end();
        }
        return numbers;
    }

    private static Ranges ranges(String text) {
        List<Value.Range> ranges = new ArrayList<>();
        for (String range : text.split(",")) {
            String[] bounds = range.strip().split("-");
            ranges.add(new Value.Range(Long.parseLong(bounds[0]), Long.parseLong(bounds[1])));
        }
        return Ranges.of(ranges);
    }
}
