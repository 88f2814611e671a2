package org.nucleus.agent.executorlink;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.ProtobufCodec;

/** The two ways in which messages are written. Their media types are compared and sent exactly so. */
public enum Encoding {
    JSON("application/json"),
    PROTOBUF("application/x-protobuf");

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] encode(Record message) {
        return switch (this) {
            case JSON -> JsonCodec.v1().encode(message);
            case PROTOBUF -> ProtobufCodec.v1().encode(message);
        };
    }

    /** @throws org.nucleus.wire.codec.BadMessage naming the field at fault */
    public <T extends Record> T decode(byte[] body, Class<T> type) {
        return switch (this) {
            case JSON -> JsonCodec.v1().decode(body, type);
            case PROTOBUF -> ProtobufCodec.v1().decode(body, type);
        };
    }

    public static Optional<Encoding> ofContentType(String contentType) {
        for (Encoding encoding : values()) {
            if (encoding.mediaType.equals(contentType)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }

    /** JSON where the client takes it, or doesn't say; protobuf where it takes that. */
    public static Optional<Encoding> accepted(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return Optional.of(JSON);
        }
        boolean protobuf = false;
        for (String range : accept.split(",", -1)) {
            String type = range.split(";", -1)[0].strip();
            if (type.equals("*/*") || type.equals("application/*") || type.equals(JSON.mediaType)) {
                return Optional.of(JSON);
            }
            protobuf |= type.equals(PROTOBUF.mediaType);
        }
        return protobuf ? Optional.of(PROTOBUF) : Optional.empty();
    }
}
