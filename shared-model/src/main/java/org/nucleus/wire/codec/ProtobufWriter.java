package org.nucleus.wire.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.codec.WireSchema.Kind;

/**
 * Writes one message from its end to its beginning: so the length of a nested message is known when its prefix is due, and
 * nothing is measured or copied. Fields come out in the order of their numbers, as from the original's classes.
 */
final class ProtobufWriter {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    private final Shapes shapes;
    private byte[] buffer = new byte[512];
    private int start = buffer.length;

    ProtobufWriter(Shapes shapes) {
        this.shapes = shapes;
    }

    byte[] bytes() {
        return Arrays.copyOfRange(buffer, start, buffer.length);
    }

    void message(Shape shape, Object message) {
        for (Shape.Field field : shape.descending) {
            Object value = field.get(message);
            if (value != null) {
                value(field, value);
            }
        }
    }

    private void value(Shape.Field field, Object value) {
        switch (field.label) {
            case OPTIONAL, REQUIRED -> tagged(field.number, field, value);
            case REPEATED -> ((List<?>) value).reversed().forEach(element -> tagged(field.number, field, element));
            case PACKED -> packed(field, (List<?>) value);
            case MAP ->
                new ArrayList<>(((Map<?, ?>) value).entrySet()).reversed().forEach(entry -> entry(field, entry));
        }
    }

    private void packed(Shape.Field field, List<?> elements) {
        if (elements.isEmpty()) {
            return;
        }
        int before = written();
        elements.reversed().forEach(element -> bare(field, element));
        varint(written() - before);
        tag(field.number, LENGTH);
    }

    private void entry(Shape.Field field, Map.Entry<?, ?> entry) {
        int before = written();
        tagged(2, field, entry.getValue());
        text((String) entry.getKey());
        tag(1, LENGTH);
        varint(written() - before);
        tag(field.number, LENGTH);
    }

    private void tagged(int number, Shape.Field field, @Nullable Object element) {
        bare(field, element);
        tag(number, wireType(field.kind));
    }

    private void bare(Shape.Field field, @Nullable Object element) {
        Object value = Objects.requireNonNull(element);
        switch (field.kind) {
            case DOUBLE -> fixed(Double.doubleToRawLongBits((double) value), 8);
            case FLOAT -> fixed(Float.floatToRawIntBits((float) value), 4);
            case INT32 -> varint((int) value);
            case UINT32 -> varint(Integer.toUnsignedLong((int) value));
            case INT64, UINT64 -> varint((long) value);
            case BOOL -> varint((boolean) value ? 1 : 0);
            case ENUM -> varint(Objects.requireNonNull(field.ofEnum).numberOf(value));
            case STRING -> text((String) value);
            case BYTES -> run(((Bytes) value).toByteArray());
            case MESSAGE -> {
                int before = written();
                message(field.shape(shapes), value);
                varint(written() - before);
            }
        }
    }

    static int wireType(Kind kind) {
        return switch (kind) {
            case DOUBLE -> FIXED64;
            case FLOAT -> FIXED32;
            case INT32, UINT32, INT64, UINT64, BOOL, ENUM -> VARINT;
            case STRING, BYTES, MESSAGE -> LENGTH;
        };
    }

    private void text(String text) {
        run(text.getBytes(StandardCharsets.UTF_8));
    }

    private void run(byte[] content) {
        room(content.length);
        start -= content.length;
        System.arraycopy(content, 0, buffer, start, content.length);
        varint(content.length);
    }

    private void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    private void varint(long value) {
        int size = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
        room(size);
        start -= size;
        long rest = value;
        for (int i = start; i < start + size - 1; i++) {
            buffer[i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[start + size - 1] = (byte) rest;
    }

    private void fixed(long bits, int size) {
        room(size);
        start -= size;
        for (int i = 0; i < size; i++) {
            buffer[start + i] = (byte) (bits >>> (8 * i));
        }
    }

    private int written() {
        return buffer.length - start;
    }

    private void room(int more) {
        if (more <= start) {
            return;
        }
        int used = written();
        byte[] larger = new byte[Math.max(buffer.length * 2, used + more)];
        System.arraycopy(buffer, start, larger, larger.length - used, used);
        start = larger.length - used;
        buffer = larger;
    }
}
