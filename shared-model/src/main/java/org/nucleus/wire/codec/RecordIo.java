package org.nucleus.wire.codec;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The framing of streams: the length in ASCII digits, a line feed, then that many bytes. Source: recordio.md. */
public final class RecordIo {
    private static final int LENGTH_DIGITS_MOST = 10;

    private RecordIo() {}

    public static byte[] frame(byte[] record) {
        byte[] length = (record.length + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] framed = new byte[length.length + record.length];
        System.arraycopy(length, 0, framed, 0, length.length);
        System.arraycopy(record, 0, framed, length.length, record.length);
        return framed;
    }

    /** Reads one stream's records; blocks until one is there. For one thread. */
    public static final class Reader {
        private final InputStream in;
        private final int mostBytes;

        /** @param mostBytes the longest record that is accepted */
        public Reader(InputStream in, int mostBytes) {
            this.in = new BufferedInputStream(in);
            this.mostBytes = mostBytes;
        }

        /**
         * The next record, or null at the stream's end.
         *
         * @throws BadMessage if what came isn't a record, or a longer one than accepted
         * @throws EOFException if the stream ends within a record
         */
        public byte @Nullable [] next() throws IOException {
            int length = length();
            if (length < 0) {
                return null;
            }
            byte[] record = in.readNBytes(length);
            if (record.length < length) {
                throw new EOFException("The stream ended within a record");
            }
            return record;
        }

        private int length() throws IOException {
            long length = 0;
            for (int digits = 0; digits <= LENGTH_DIGITS_MOST; digits++) {
                int c = in.read();
                if (c < 0) {
                    if (digits == 0) {
                        return -1;
                    }
                    throw new EOFException("The stream ended within a record's length");
                }
                if (c == '\n' && digits > 0) {
                    return checked(length);
                }
                if (c < '0' || c > '9') {
                    throw new BadMessage("A record's length must be decimal digits and a line feed");
                }
                length = length * 10 + (c - '0');
            }
            throw new BadMessage("A record's length has too many digits");
        }

        private int checked(long length) {
            if (length > mostBytes) {
                throw new BadMessage("A record of " + length + " bytes is longer than the " + mostBytes + " accepted");
            }
            return (int) length;
        }
    }
}
