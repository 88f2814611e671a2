package org.nucleus.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/** The arithmetic against an oracle that counts every thousandth and every port by itself. */
class ResourcesPropertyTest {
    private static final List<String> ROLES = List.of("*", "a", "a/b");

    /** Thousandths by name and role; ports by role. */
    private record Oracle(TreeMap<String, Long> scalars, TreeMap<String, TreeSet<Long>> ports) {
        Oracle() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        static Oracle of(List<Resource> resources) {
            var oracle = new Oracle();
            resources.forEach(oracle::add);
            return oracle;
        }

        void add(Resource resource) {
            String key = resource.name() + "@" + resource.role();
            if (resource.type() == Value.Type.SCALAR) {
                long thousandths = Math.round(resource.scalar().value() * 1000);
                if (thousandths > 0) {
                    scalars.merge(key, thousandths, Long::sum);
                }
                return;
            }
            for (Value.Range range : resource.ranges().range()) {
                for (long port = range.begin(); port <= range.end(); port++) {
                    ports.computeIfAbsent(key, unseen -> new TreeSet<>()).add(port);
                }
            }
        }

        boolean contains(Oracle part) {
            return part.scalars.entrySet().stream().allMatch(e -> scalars.getOrDefault(e.getKey(), 0L) >= e.getValue())
                    && part.ports.entrySet().stream()
                            .allMatch(e -> ports.getOrDefault(e.getKey(), new TreeSet<>())
                                    .containsAll(e.getValue()));
        }

        void subtract(Oracle part) {
            part.scalars.forEach((key, value) -> scalars.compute(key, (k, v) -> v - value == 0 ? null : v - value));
            part.ports.forEach((key, value) -> ports.computeIfPresent(key, (k, v) -> {
                v.removeAll(value);
                return v.isEmpty() ? null : v;
            }));
        }
    }

    @Test
    void sumContainmentAndDifferenceAreThoseOfTheOracle() {
        Seeds.forEach(random -> {
            List<Resource> left = resources(random);
            List<Resource> right = random.nextBoolean() ? resources(random) : someOf(left, random);
            Resources a = Resources.of(left);
            Resources b = Resources.of(right);
            Oracle oracle = Oracle.of(left);
            Oracle part = Oracle.of(right);

            List<Resource> all = new ArrayList<>(left);
            all.addAll(right);
            assertThat(Oracle.of(a.plus(b).toList())).isEqualTo(Oracle.of(all));
            assertThat(a.contains(b)).isEqualTo(oracle.contains(part));
            assertThat(a.without(b).isPresent()).isEqualTo(a.contains(b));
            if (a.contains(b)) {
                oracle.subtract(part);
                assertThat(Oracle.of(a.minus(b).toList())).isEqualTo(oracle);
            }
        });
    }

    @Test
    void theOrderOfAdditionLeavesNoTrace() {
        Seeds.forEach(random -> {
            List<Resource> list = resources(random);
            Resources expected = Resources.of(list);
            Collections.shuffle(list, random);
            Resources oneByOne = Resources.none();
            List<Resources> parts = new ArrayList<>();
            for (Resource resource : list) {
                parts.add(Resources.of(resource));
                oneByOne = oneByOne.plus(parts.getLast());
            }
            assertThat(oneByOne).isEqualTo(expected).hasSameHashCodeAs(expected);
            assertThat(Resources.sum(parts)).isEqualTo(expected);
            assertThat(Resources.of(list).toList()).isEqualTo(expected.toList());
            assertThat(Resources.of(expected.toList())).isEqualTo(expected);
        });
    }

    @Test
    void whatIsAddedCanBeTakenAway() {
        Seeds.forEach(random -> {
            Resources a = Resources.of(resources(random)).onlyScalars();
            Resources b = Resources.of(resources(random)).onlyScalars();
            assertThat(a.plus(b).contains(a)).isTrue();
            assertThat(a.plus(b).minus(b)).isEqualTo(a);
            assertThat(a.minus(a)).isEqualTo(Resources.none());
            assertThat(a.plus(b).thousandths("cpus")).isEqualTo(a.thousandths("cpus") + b.thousandths("cpus"));
        });
    }

    @Test
    void whatIsTakenIsContainedAndExact() {
        Seeds.forEach(random -> {
            Resources offer = Resources.of(resources(random));
            var wanted = new Scalar("cpus", random.nextLong(6000));
            var taken = offer.take(wanted);
            assertThat(taken.isPresent()).isEqualTo(offer.thousandths("cpus") >= wanted.thousandths());
            taken.ifPresent(part -> {
                assertThat(offer.contains(part)).isTrue();
                assertThat(part.thousandths("cpus")).isEqualTo(wanted.thousandths());
            });
        });
    }

    private static List<Resource> resources(Random random) {
        List<Resource> resources = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            resources.add(random.nextInt(3) == 0 ? ports(random) : scalar(random));
        }
        return resources;
    }

    private static Resource scalar(Random random) {
        return Resource.builder()
                .name(random.nextBoolean() ? "cpus" : "mem")
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(random.nextInt(3000) / 1000.0))
                .role(ROLES.get(random.nextInt(ROLES.size())))
                .build();
    }

    private static Resource ports(Random random) {
        List<Value.Range> ranges = new ArrayList<>();
        long from = 31000;
        for (int i = random.nextInt(4); i > 0; i--) {
            long begin = from + random.nextInt(5);
            long end = begin + random.nextInt(5);
            ranges.add(new Value.Range(begin, end));
            from = end + 1;
        }
        Collections.shuffle(ranges, random);
        return Resource.builder()
                .name("ports")
                .type(Value.Type.RANGES)
                .ranges(new Value.Ranges(ranges))
                .role(ROLES.get(random.nextInt(ROLES.size())))
                .build();
    }

    /** Some of the list, some of the scalars halved: likely, but not surely, contained. */
    private static List<Resource> someOf(List<Resource> list, Random random) {
        List<Resource> some = new ArrayList<>();
        for (Resource resource : list) {
            if (random.nextBoolean()) {
                boolean halve = resource.scalar() != null && random.nextBoolean();
                some.add(
                        halve
                                ? resource.toBuilder()
                                        .scalar(new Value.Scalar(
                                                resource.scalar().value() / 2))
                                        .build()
                                : resource);
            }
        }
        return some;
    }
}
