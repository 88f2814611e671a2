package org.nucleus.wire.codec;

/** Wire records as protobuf: the bytes that the original's classes write and read. Thread-safe. Source: v1/*.proto. */
public final class ProtobufCodec {
    private static final ProtobufCodec V1 = new ProtobufCodec(Shapes.V1);

    private final Shapes shapes;

    private ProtobufCodec(Shapes shapes) {
        this.shapes = shapes;
    }

    /** The codec of all records below {@code org.nucleus.wire}. */
    public static ProtobufCodec v1() {
        return V1;
    }

    public byte[] encode(Record message) {
        ProtobufWriter writer = new ProtobufWriter(shapes);
        writer.message(shapes.of(message.getClass()), message);
        return writer.bytes();
    }

    /** @throws BadMessage if {@code bytes} aren't a message of the type, or lack a required field */
    public <T extends Record> T decode(byte[] bytes, Class<T> type) {
        return type.cast(new ProtobufReader(shapes, bytes).message(shapes.of(type), bytes.length));
    }
}
