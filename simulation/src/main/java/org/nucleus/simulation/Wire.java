package org.nucleus.simulation;

import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.ProtobufCodec;

/** How messages travel in a world. */
enum Wire {
    /** As bytes of the real codec. */
    JSON {
        @Override
        Object pack(Record message) {
            return JsonCodec.v1().encode(message);
        }

        @Override
        <T extends Record> T unpack(Object packed, Class<T> type) {
            return JsonCodec.v1().decode((byte[]) packed, type);
        }
    },
    /** As bytes of the real codec. */
    PROTOBUF {
        @Override
        Object pack(Record message) {
            return ProtobufCodec.v1().encode(message);
        }

        @Override
        <T extends Record> T unpack(Object packed, Class<T> type) {
            return ProtobufCodec.v1().decode((byte[]) packed, type);
        }
    },
    /** As they are, which costs nothing: messages are immutable. */
    BY_HAND {
        @Override
        Object pack(Record message) {
            return message;
        }

        @Override
        <T extends Record> T unpack(Object packed, Class<T> type) {
            return type.cast(packed);
        }
    };

    abstract Object pack(Record message);

    abstract <T extends Record> T unpack(Object packed, Class<T> type);
}
