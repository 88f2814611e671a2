package org.nucleus.master.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers without a message of the protocol: a status and a sentence. */
public final class Answers {
    private Answers() {}

    public static void send(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        if (!text.isEmpty()) {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write(text);
        }
    }

    public static void busy(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "1");
        send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The master has more to do than it can take in.");
    }

    /** For what the original has and this master doesn't: never an empty answer, which would look like the truth. */
    public static void notServed(HttpServletResponse response, String what) throws IOException {
        send(response, HttpServletResponse.SC_NOT_IMPLEMENTED, what + " is not served by Nucleus.");
    }

    public static void methodNotAllowed(HttpServletResponse response, String allowed) throws IOException {
        response.setHeader("Allow", allowed);
        send(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Expecting one of { '" + allowed + "' }.");
    }
}
