package org.nucleus.wire.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Bytes;

/** Reads one message from its bytes. Unknown fields and unknown enum numbers are skipped, as proto2 has it. */
final class ProtobufReader {
    private static final int NESTING_MOST = 100;
    private static final int START_GROUP = 3;
    private static final int END_GROUP = 4;

    private final Shapes shapes;
    private final byte[] bytes;
    private int at;
    private int nesting;

    ProtobufReader(Shapes shapes, byte[] bytes) {
        this.shapes = shapes;
        this.bytes = bytes;
    }

    Object message(Shape shape, int end) {
        if (++nesting > NESTING_MOST) {
            throw new BadMessage("Nested deeper than " + NESTING_MOST);
        }
        @Nullable Object[] values = new Object[shape.fields.length];
        while (at < end) {
            int tag = (int) varint();
            Shape.Field field = shape.field(tag >>> 3);
            if (field == null) {
                skip(tag);
            } else {
                field(field, tag & 7, values);
            }
        }
        expect(at == end, "A field reaches beyond its message");
        nesting--;
        return shape.construct(values);
    }

    private void field(Shape.Field field, int wireType, @Nullable Object[] values) {
        try {
            switch (field.label) {
                case OPTIONAL, REQUIRED -> {
                    Object value = one(field, wireType);
                    values[field.index] = value != null ? value : values[field.index];
                }
                case REPEATED, PACKED -> add(field, wireType, values);
                case MAP -> entry(field, wireType, values);
            }
        } catch (BadMessage e) {
            throw e.within(field.name);
        }
    }

    @SuppressWarnings("unchecked")
    private void add(Shape.Field field, int wireType, @Nullable Object[] values) {
        List<Object> elements = (List<Object>) values[field.index];
        if (elements == null) {
            elements = new ArrayList<>();
            values[field.index] = elements;
        }
        if (wireType == ProtobufWriter.LENGTH && ProtobufWriter.wireType(field.kind) != ProtobufWriter.LENGTH) {
            int end = end();
            while (at < end) {
                addIfKnown(elements, one(field, ProtobufWriter.wireType(field.kind)));
            }
            expect(at == end, "A packed field reaches beyond its length");
        } else {
            addIfKnown(elements, one(field, wireType));
        }
    }

    private static void addIfKnown(List<Object> elements, @Nullable Object element) {
        if (element != null) {
            elements.add(element);
        }
    }

    @SuppressWarnings("unchecked")
    private void entry(Shape.Field field, int wireType, @Nullable Object[] values) {
        expect(wireType == ProtobufWriter.LENGTH, "A map's entry must be a message");
        Map<String, Object> entries = (Map<String, Object>) values[field.index];
        if (entries == null) {
            entries = new LinkedHashMap<>();
            values[field.index] = entries;
        }
        int end = end();
        String key = "";
        Object value = null;
        while (at < end) {
            int tag = (int) varint();
            switch (tag >>> 3) {
                case 1 -> key = text();
                case 2 -> value = one(field, tag & 7);
                default -> skip(tag);
            }
        }
        expect(at == end, "A map's entry reaches beyond its length");
        if (value != null) {
            entries.put(key, value);
        }
    }

    private @Nullable Object one(Shape.Field field, int wireType) {
        expect(wireType == ProtobufWriter.wireType(field.kind), "Unexpected wire type " + wireType);
        return switch (field.kind) {
            case DOUBLE -> Double.longBitsToDouble(fixed(8));
            case FLOAT -> Float.intBitsToFloat((int) fixed(4));
            case INT32, UINT32 -> (int) varint();
            case INT64, UINT64 -> varint();
            case BOOL -> varint() != 0;
            case STRING -> text();
            case BYTES -> Bytes.of(run());
            case ENUM -> Objects.requireNonNull(field.ofEnum).byNumber((int) varint());
            case MESSAGE -> message(field.shape(shapes), end());
        };
    }

    private String text() {
        return new String(run(), StandardCharsets.UTF_8);
    }

    private byte[] run() {
        int end = end();
        byte[] run = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return run;
    }

    private int end() {
        long length = varint();
        expect(length >= 0 && length <= bytes.length - at, "A length reaches beyond the message");
        return at + (int) length;
    }

    private long fixed(int size) {
        expect(size <= bytes.length - at, "The message ends within a number");
        long bits = 0;
        for (int i = 0; i < size; i++) {
            bits |= (bytes[at++] & 0xFFL) << (8 * i);
        }
        return bits;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            expect(at < bytes.length, "The message ends within a number");
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new BadMessage("A number is longer than ten bytes");
    }

    private void skip(int tag) {
        switch (tag & 7) {
            case ProtobufWriter.VARINT -> varint();
            case ProtobufWriter.FIXED64 -> fixed(8);
            case ProtobufWriter.FIXED32 -> fixed(4);
            case ProtobufWriter.LENGTH -> at = end();
            case START_GROUP -> skipGroup(tag >>> 3);
            default -> throw new BadMessage("Unexpected wire type " + (tag & 7));
        }
    }

    private void skipGroup(int number) {
        if (++nesting > NESTING_MOST) {
            throw new BadMessage("Nested deeper than " + NESTING_MOST);
        }
        for (int tag = (int) varint(); tag != (number << 3 | END_GROUP); tag = (int) varint()) {
            skip(tag);
        }
        nesting--;
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new BadMessage(otherwise);
        }
    }
}
