package org.nucleus.master.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.nucleus.service.http.BoundedBody;
import org.nucleus.wire.codec.BadMessage;

/** Reads a posted call. What is refused, and in which order, is observable and the original's. */
public final class CallBody {
    private static final int MOST = 64 << 20;

    private CallBody() {}

    /** The call of {@code request}; if empty, {@code response} is complete. */
    public static <T extends Record> Optional<T> read(
            HttpServletRequest request, HttpServletResponse response, Class<T> type) throws IOException {
        if (!request.getMethod().equals("POST")) {
            Answers.methodNotAllowed(response, "POST");
            return Optional.empty();
        }
        if (request.getContentType() == null) {
            Answers.send(response, 400, "Expecting 'Content-Type' to be present");
            return Optional.empty();
        }
        Optional<Encoding> encoding = Encoding.ofContentType(request.getContentType());
        if (encoding.isEmpty()) {
            Answers.send(response, 415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
            return Optional.empty();
        }
        try {
            return Optional.of(encoding.get().decode(BoundedBody.read(request, MOST), type));
        } catch (BadMessage e) {
            Answers.send(response, 400, unparsed(encoding.get(), e) + e.getMessage());
        } catch (BoundedBody.TooLarge e) {
            Answers.send(response, 413, e.getMessage());
        }
        return Optional.empty();
    }

    private static String unparsed(Encoding encoding, BadMessage why) {
        return switch (encoding) {
            case JSON ->
                why.isMalformed() ? "Failed to parse body into JSON: " : "Failed to convert JSON into Call protobuf: ";
            case PROTOBUF -> "Failed to parse body into Call protobuf: ";
        };
    }
}
