package org.nucleus.wire.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Wire records as JSON in the originals' dialect: names as in the protocol, 64-bit numbers as numbers, bytes as base64,
 * enums by name, declared defaults written out, empty lists left out, unknown fields ignored. Not the JSON of proto3.
 * Source: stout/protobuf.hpp of Mesos 1.11. Thread-safe.
 */
public final class JsonCodec {
    private static final JsonCodec V1 = new JsonCodec(Shapes.V1);

    private final Shapes shapes;
    private final JsonFactory factory = new JsonFactory();

    private JsonCodec(Shapes shapes) {
        this.shapes = shapes;
    }

    /** The codec of all records below {@code org.nucleus.wire}. */
    public static JsonCodec v1() {
        return V1;
    }

    public byte[] encode(Record message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            write(generator, message);
        }
        return out.toByteArray();
    }

    public String encodeToString(Record message) {
        return new String(encode(message), StandardCharsets.UTF_8);
    }

    /** Writes {@code message} as one value, to be part of a larger document. */
    public void write(JsonGenerator generator, Record message) {
        new JsonWriter(shapes, generator).message(shapes.of(message.getClass()), message);
    }

    /**
     * @throws BadMessage if {@code json} isn't JSON, isn't of the type's shape, or lacks a required field
     */
    public <T extends Record> T decode(byte[] json, Class<T> type) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadMessage("Expecting a JSON object");
            }
            T message = type.cast(new JsonReader(shapes, parser).message(shapes.of(type)));
            if (parser.nextToken() != null) {
                throw new BadMessage("Found text after the JSON object");
            }
            return message;
        } catch (JacksonException e) {
            throw BadMessage.malformed("Malformed JSON: " + e.getOriginalMessage());
        }
    }
}
