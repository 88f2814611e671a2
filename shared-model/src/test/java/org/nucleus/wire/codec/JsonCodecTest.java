package org.nucleus.wire.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Value;
import org.nucleus.wire.scheduler.Call;

/** The dialect of the originals, oddity by oddity. Source: stout/protobuf.hpp; docs/protocol/json.md. */
class JsonCodecTest {
    private static final JsonCodec CODEC = JsonCodec.v1();

    @Test
    void writesDeclaredDefaultsAndLeavesOutWhatIsUnset() {
        FrameworkInfo info = FrameworkInfo.builder().user("root").name("f").build();
        assertThat(CODEC.encodeToString(info))
                .isEqualTo("{\"user\":\"root\",\"name\":\"f\",\"failover_timeout\":0.0,\"checkpoint\":false}");
    }

    @Test
    void writesWholeDoublesWithAFraction() {
        assertThat(CODEC.encodeToString(new Value.Scalar(15))).isEqualTo("{\"value\":15.0}");
    }

    @Test
    void writesUnsignedNumbersUnsigned() {
        MasterInfo info = MasterInfo.builder().id("m").ip(0xFF00007F).port(5050).build();
        assertThat(CODEC.encodeToString(info)).contains("\"ip\":4278190207");
        assertThat(CODEC.decode(CODEC.encode(info), MasterInfo.class)).isEqualTo(info);
    }

    @Test
    void ignoresUnknownFieldsAndNull() {
        String json = "{\"value\":\"echo\",\"user\":null,\"new\":{\"a\":[1,{\"b\":2}]}}";
        CommandInfo command = decode(json, CommandInfo.class);
        assertThat(command.value()).isEqualTo("echo");
        assertThat(command.user()).isNull();
        assertThat(command.shell()).isTrue();
    }

    @Test
    void acceptsABareValueForAList() {
        Call call = decode("{\"type\":\"DECLINE\",\"decline\":{\"offer_ids\":{\"value\":\"o\"}}}", Call.class);
        assertThat(call.decline().offerIds()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'\"2.5\"', 2.5", "'\"Infinity\"', Infinity", "'\"-Infinity\"', -Infinity", "3, 3.0"})
    void acceptsQuotedNumbers(String json, double expected) {
        assertThat(decode("{\"value\":" + json + "}", Value.Scalar.class).value())
                .isEqualTo(expected);
    }

    @Test
    void dropsUnknownNamesOfOptionalEnumsOnly() {
        assertThat(decode("{\"type\":\"NO_SUCH_CALL\"}", Call.class).type()).isNull();
        assertThatThrownBy(() -> decode("{\"task_id\":{\"value\":\"t\"},\"state\":\"TASK_NO\"}", TaskStatus.class))
                .isInstanceOf(BadMessage.class)
                .hasMessageContaining("TASK_NO")
                .hasMessageContaining("state");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":{\"name\":\"f\"}}} | subscribe.framework_info.user",
                "{\"type\":\"KILL\",\"kill\":{\"task_id\":{}}} | kill.task_id.value",
                "{\"type\":\"KILL\",\"kill\":[]} | kill",
                "{\"framework_id\":{\"value\":7}} | framework_id.value",
                "{\"decline\":{\"offer_ids\":[],\"filters\":{\"refuse_seconds\":\"soon\"}}} | decline.filters.refuse_seconds",
                "{\"acknowledge\":{\"agent_id\":{\"value\":\"a\"},\"task_id\":{\"value\":\"t\"},\"uuid\":\"%\"}} | acknowledge.uuid",
            })
    void namesTheFieldAtFault(String json, String field) {
        assertThatThrownBy(() -> decode(json, Call.class))
                .isInstanceOfSatisfying(
                        BadMessage.class, bad -> assertThat(bad.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "[]", "{} {}", "{\"type\":}", "''", "{\"type\":\"KILL\""})
    void refusesWhatIsNotOneObject(String json) {
        assertThatThrownBy(() -> decode(json, Call.class)).isInstanceOf(BadMessage.class);
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
        String deep = "{\"x\":".repeat(100_000);
        assertThatThrownBy(() -> decode(deep, Call.class)).isInstanceOf(BadMessage.class);
    }

    @Test
    void listsOfRecordsAreImmutable() {
        Offer.Operation.Launch launch = new Offer.Operation.Launch(List.of());
        assertThat(launch.taskInfos()).isUnmodifiable();
        assertThat(TaskState.values()).contains(TaskState.TASK_RUNNING);
    }

    private static <T extends Record> T decode(String json, Class<T> type) {
        return CODEC.decode(json.getBytes(UTF_8), type);
    }
}
