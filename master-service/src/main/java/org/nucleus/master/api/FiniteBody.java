package org.nucleus.master.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Sends a whole answer: compressed, if the client takes that and it is worth it. Streams are never compressed. */
public final class FiniteBody {
    /** Source: libprocess, encoder.hpp, GZIP_MINIMUM_BODY_LENGTH. */
    private static final int COMPRESSED_FROM = 1_024;

    private FiniteBody() {}

    public static void send(HttpServletRequest request, HttpServletResponse response, String mediaType, byte[] body)
            throws IOException {
        byte[] sent = body;
        if (body.length >= COMPRESSED_FROM && acceptsGzip(request.getHeader("Accept-Encoding"))) {
            sent = compressed(body);
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(mediaType);
        response.setContentLength(sent.length);
        response.getOutputStream().write(sent);
    }

    private static boolean acceptsGzip(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String each : accepted.split(",")) {
            String[] parts = each.strip().split("\\s*;\\s*");
            if (parts[0].equals("gzip") || parts[0].equals("*")) {
                return parts.length < 2 || !parts[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }
}
