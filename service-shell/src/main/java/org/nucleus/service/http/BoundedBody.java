package org.nucleus.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Request bodies, read whole up to a bound. */
public final class BoundedBody {
    private BoundedBody() {}

    /** @throws TooLarge if there are more than {@code most} bytes */
    public static byte[] read(HttpServletRequest request, int most) throws IOException {
        if (request.getContentLengthLong() > most) {
            throw new TooLarge(most);
        }
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw new TooLarge(most);
        }
        return body;
    }

    /** The peer sent more than we read: 413. */
    public static final class TooLarge extends IOException {
        TooLarge(int most) {
            super("The body has more than " + most + " bytes.");
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
