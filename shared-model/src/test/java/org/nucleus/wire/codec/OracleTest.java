package org.nucleus.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nucleus.wire.Bytes;

/**
 * Random messages go through the published classes of {@code org.apache.mesos:mesos} and back: the schema's numbers and
 * types are theirs, and both of our encodings mean the same.
 */
class OracleTest {
    private static final int ROUNDS = 200;
    private static final int DEPTH_MOST = 7;
    private static final long SEED = Long.getLong("oracle.seed", 20_261_122L);

    @TestFactory
    Stream<DynamicTest> everyMessageSurvivesTheRealClasses() {
        return Stream.of(
                        new Pair(
                                org.nucleus.wire.scheduler.Call.class,
                                org.apache.mesos.v1.scheduler.Protos.Call.parser()),
                        new Pair(
                                org.nucleus.wire.scheduler.Event.class,
                                org.apache.mesos.v1.scheduler.Protos.Event.parser()),
                        new Pair(
                                org.nucleus.wire.executor.Call.class,
                                org.apache.mesos.v1.executor.Protos.Call.parser()),
                        new Pair(
                                org.nucleus.wire.executor.Event.class,
                                org.apache.mesos.v1.executor.Protos.Event.parser()),
                        new Pair(org.nucleus.wire.master.Call.class, org.apache.mesos.v1.master.Protos.Call.parser()),
                        new Pair(
                                org.nucleus.wire.master.Response.class,
                                org.apache.mesos.v1.master.Protos.Response.parser()),
                        new Pair(org.nucleus.wire.master.Event.class, org.apache.mesos.v1.master.Protos.Event.parser()),
                        new Pair(org.nucleus.wire.agent.Call.class, org.apache.mesos.v1.agent.Protos.Call.parser()),
                        new Pair(
                                org.nucleus.wire.agent.Response.class,
                                org.apache.mesos.v1.agent.Protos.Response.parser()),
                        new Pair(
                                org.nucleus.wire.agent.ProcessIo.class,
                                org.apache.mesos.v1.agent.Protos.ProcessIO.parser()),
                        new Pair(org.nucleus.wire.Task.class, org.apache.mesos.v1.Protos.Task.parser()),
                        new Pair(org.nucleus.wire.AgentInfo.class, org.apache.mesos.v1.Protos.AgentInfo.parser()))
                .map(pair -> DynamicTest.dynamicTest(pair.ours().getName() + " seed " + SEED, () -> check(pair)));
    }

    private record Pair(Class<? extends Record> ours, Parser<? extends Message> theirs) {}

    private static void check(Pair pair) throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Record message = pair.ours().cast(some(pair.ours(), random, 0));
            byte[] ours = ProtobufCodec.v1().encode(message);
            Message real = pair.theirs().parseFrom(ours);
            assertThat(real.getUnknownFields().asMap())
                    .as("unknown to the real class")
                    .isEmpty();
            assertThat(real.toByteArray()).isEqualTo(ours);
            assertThat(ProtobufCodec.v1().decode(ours, pair.ours())).isEqualTo(message);
            assertThat(JsonCodec.v1().decode(JsonCodec.v1().encode(message), pair.ours()))
                    .isEqualTo(message);
        }
    }

    private static @Nullable Object some(Type type, Random random, int depth) throws Exception {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            int size = depth >= DEPTH_MOST ? 0 : random.nextInt(3);
            if (generic.getRawType() == Map.class) {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    map.put("k" + i, some(element, random, depth + 1));
                }
                return map;
            }
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(some(element, random, depth + 1));
            }
            return list;
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        return raw.isRecord() ? record(raw, random, depth) : scalar(raw, random);
    }

    private static Object record(Class<?> type, Random random, int depth) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean optional = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean leave = optional && (depth >= DEPTH_MOST || random.nextInt(3) == 0);
            values[i] = leave ? null : some(components[i].getGenericType(), random, depth + 1);
        }
        return type.getConstructor(types).newInstance(values);
    }

    private static Object scalar(Class<?> type, Random random) {
        if (type == String.class) {
            return "s" + random.nextInt(1000) + "ü";
        }
        if (type == Bytes.class) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            return Bytes.of(bytes);
        }
        if (type == double.class || type == Double.class) {
            return random.nextInt(1000) / 8.0;
        }
        if (type == float.class || type == Float.class) {
            return random.nextInt(1000) / 8.0f;
        }
        if (type == int.class || type == Integer.class) {
            return random.nextInt(Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return random.nextLong(Long.MAX_VALUE);
        }
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        throw new IllegalArgumentException("No sample for " + type);
    }
}
