package org.nucleus.driver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.nucleus.wire.Bytes;

/**
 * A variable as the original stores it. Source: mesos/state/state.proto, Entry.
 *
 * @param uuid of this version of it
 */
public record StateEntry(String name, Bytes uuid, Bytes value) {
    private static final int LENGTH = 2;
    private static final int NAME = 1 << 3 | LENGTH;
    private static final int ID = 2 << 3 | LENGTH;
    private static final int VALUE = 3 << 3 | LENGTH;

    static StateEntry empty(String name) {
        return new StateEntry(name, randomUuid(), Bytes.empty());
    }

    public StateEntry withValue(byte[] changed) {
        return new StateEntry(name, uuid, Bytes.of(changed));
    }

    /** The version that is to replace this one. */
    StateEntry next() {
        return new StateEntry(name, randomUuid(), value);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, NAME, name.getBytes(StandardCharsets.UTF_8));
        write(bytes, ID, uuid.toByteArray());
        write(bytes, VALUE, value.toByteArray());
        return bytes.toByteArray();
    }

    /** @throws IOException if {@code bytes} are no entry */
    static StateEntry decode(byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        StateEntry read = new StateEntry("", Bytes.empty(), Bytes.empty());
        for (int tag = in.read(); tag >= 0; tag = in.read()) {
            byte[] field = field(in);
            read = switch (tag) {
                case NAME -> new StateEntry(new String(field, StandardCharsets.UTF_8), read.uuid, read.value);
                case ID -> new StateEntry(read.name, Bytes.of(field), read.value);
                case VALUE -> new StateEntry(read.name, read.uuid, Bytes.of(field));
                default -> throw new IOException("Failed to deserialize Entry: field " + (tag >>> 3));
            };
        }
        if (read.uuid.size() != 16) {
            throw new IOException("Failed to deserialize Entry: no uuid");
        }
        return read;
    }

    private static Bytes randomUuid() {
        UUID uuid = UUID.randomUUID();
        return Bytes.of(ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    private static void write(ByteArrayOutputStream bytes, int tag, byte[] content) {
        bytes.write(tag);
        int length = content.length;
        while (length >= 0x80) {
            bytes.write(length & 0x7F | 0x80);
            length >>>= 7;
        }
        bytes.write(length);
        bytes.writeBytes(content);
    }

    private static byte[] field(ByteArrayInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int next = in.read();
            length |= (next & 0x7F) << shift;
            if (next < 0x80) {
                byte[] field = in.readNBytes(length);
                if (next < 0 || field.length < length) {
                    throw new IOException("Failed to deserialize Entry: it is cut off");
                }
                return field;
            }
        }
        throw new IOException("Failed to deserialize Entry: a length is too long");
    }
}
