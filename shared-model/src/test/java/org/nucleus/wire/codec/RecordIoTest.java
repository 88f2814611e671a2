package org.nucleus.wire.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIoTest {
    @Test
    void framesWithTheLengthInBytes() {
        assertThat(new String(RecordIo.frame("größe".getBytes(UTF_8)), UTF_8)).isEqualTo("7\ngröße");
    }

    @Test
    void readsRecordsUntilTheEnd() throws IOException {
        RecordIo.Reader reader = reader("3\nabc0\n2\nde");
        assertThat(reader.next()).isEqualTo("abc".getBytes(UTF_8));
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEqualTo("de".getBytes(UTF_8));
        assertThat(reader.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\nabc", "\nabc", "-1\nabc", "99999999999\nabc", "101\n"})
    void refusesWhatIsNoRecord(String stream) {
        assertThatThrownBy(() -> reader(stream).next()).isInstanceOf(BadMessage.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\nabc", "5"})
    void tellsARecordThatWasCutOff(String stream) {
        assertThatThrownBy(() -> reader(stream).next()).isInstanceOf(EOFException.class);
    }

    private static RecordIo.Reader reader(String stream) {
        return new RecordIo.Reader(new ByteArrayInputStream(stream.getBytes(UTF_8)), 100);
    }
}
