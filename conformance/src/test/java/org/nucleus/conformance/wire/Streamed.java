package org.nucleus.conformance.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An answer whose body is read as it comes. */
public record Streamed(int status, HttpHeaders headers, InputStream body) {
    private static final int RECORD_MOST = 64 << 20;

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** All of a body that ends. */
    public String text() {
        try {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next record of RecordIO: a decimal length, a line feed, and so many bytes. Nothing at the stream's end. */
    public Optional<byte[]> record() throws IOException {
        int length = 0;
        int digits = 0;
        for (int next = body.read(); next != '\n'; next = body.read()) {
            if (next < 0 && digits == 0) {
                return Optional.empty();
            }
            if (next < '0' || next > '9') {
                throw new IOException("Not a digit of a record's length: " + next);
            }
            length = length * 10 + next - '0';
            digits++;
            if (length > RECORD_MOST) {
                throw new IOException("A record of " + length + " bytes");
            }
        }
        byte[] record = body.readNBytes(length);
        if (record.length < length) {
            throw new IOException("The stream ended within a record");
        }
        return Optional.of(record);
    }
}
