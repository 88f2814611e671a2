package org.nucleus.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Event;

/**
 * The golden bytes of every message that crosses a wire: {@code fixtures/v1/<api>/<case>} holds the message as JSON and
 * as protobuf (in hexadecimal), and its type and source. Both decode to equal records and are encoded to the same bytes.
 * {@code -Drewrite=true} records the files anew; the difference is what gets reviewed.
 */
class FixtureTest {
    private static final Path ROOT = Path.of("src/test/resources/fixtures/v1");
    private static final boolean REWRITE = Boolean.getBoolean("rewrite");
    private static final String JSON = "message.json";
    private static final String PROTOBUF = "message.pb.hex";

    @TestFactory
    Stream<DynamicTest> bothEncodingsAreAsRecorded() throws IOException {
        return cases().stream()
                .map(path -> DynamicTest.dynamicTest(ROOT.relativize(path).toString(), () -> {
                    if (REWRITE) {
                        rewrite(path);
                    }
                    check(path);
                }));
    }

    @Test
    void everyKindOfMessageHasOne() throws IOException {
        List<String> names =
                cases().stream().map(path -> ROOT.relativize(path).toString()).toList();
        for (AgentCall.Type type : AgentCall.Type.values()) {
            assertHas(names, "agentlink/call-", type.name());
        }
        for (AgentEvent.Type type : AgentEvent.Type.values()) {
            assertHas(names, "agentlink/event-", type.name());
        }
        for (Event.Type type : Event.Type.values()) {
            assertHas(names, "scheduler/event-", type.name());
        }
        for (org.nucleus.wire.executor.Call.Type type : org.nucleus.wire.executor.Call.Type.values()) {
            assertHas(names, "executor/call-", type.name());
        }
        for (org.nucleus.wire.executor.Event.Type type : org.nucleus.wire.executor.Event.Type.values()) {
            assertHas(names, "executor/event-", type.name());
        }
        for (org.nucleus.wire.master.Event.Type type : org.nucleus.wire.master.Event.Type.values()) {
            assertHas(names, "master/event-", type.name());
        }
    }

    private static void assertHas(List<String> names, String prefix, String type) {
        String start = prefix + type.toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(type.equals("UNKNOWN") || names.stream().anyMatch(name -> name.startsWith(start)))
                .as("a fixture named %s…", start)
                .isTrue();
    }

    private static void check(Path path) throws IOException {
        Class<? extends Record> type = type(path);
        Record message = decodeJson(path, type);
        assertThat(JsonCodec.v1().encodeToString(message)).isEqualTo(read(path.resolve(JSON)));
        byte[] protobuf = HexFormat.of().parseHex(read(path.resolve(PROTOBUF)));
        assertThat(ProtobufCodec.v1().encode(message)).isEqualTo(protobuf);
        Record same = ProtobufCodec.v1().decode(protobuf, type);
        assertThat(same).isEqualTo(message);
    }

    private static void rewrite(Path path) throws IOException {
        Record message = decodeJson(path, type(path));
        Files.writeString(path.resolve(JSON), JsonCodec.v1().encodeToString(message) + "\n");
        Files.writeString(
                path.resolve(PROTOBUF),
                HexFormat.of().formatHex(ProtobufCodec.v1().encode(message)) + "\n");
    }

    private static Record decodeJson(Path path, Class<? extends Record> type) {
        return JsonCodec.v1().decode(read(path.resolve(JSON)).getBytes(StandardCharsets.UTF_8), type);
    }

    private static Class<? extends Record> type(Path path) {
        String name = read(path.resolve("source.md"))
                .lines()
                .findFirst()
                .orElseThrow()
                .replace("type: ", "");
        try {
            return Class.forName("org.nucleus.wire." + name).asSubclass(Record.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("No such record: " + name, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith(JSON))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }
}
