package org.nucleus.driver;

import java.io.IOException;
import org.nucleus.wire.codec.ProtobufCodec;

/**
 * From our records to the original's generated classes and back, by bytes: v0 and v1 messages have the same field
 * numbers. The callers say {@code toByteArray} on the generated class itself, so that no type of protobuf's runtime is
 * named.
 */
public final class OriginalMessages {
    private OriginalMessages() {}

    /** A generated class's {@code parseFrom}. Its exception is an IOException, whatever package protobuf lives in. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(byte[] bytes) throws IOException;
    }

    public static <T extends Record> T toWire(byte[] bytes, Class<T> type) {
        return ProtobufCodec.v1().decode(bytes, type);
    }

    public static <T> T toOriginal(Record message, Parser<T> parser) {
        try {
            return parser.parse(ProtobufCodec.v1().encode(message));
        } catch (IOException e) {
            throw new IllegalStateException("The original's classes can't read " + message, e);
        }
    }
}
