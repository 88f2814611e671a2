package org.nucleus.master.api.legacy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.nucleus.master.api.Answers;
import org.nucleus.master.api.FiniteBody;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** A JSON answer, or a script that hands it to {@code ?jsonp=callback}, for pages of another origin. */
final class JsonBody {
    private static final Pattern CALLBACK = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,127}");
    private static final int USUAL_SIZE = 16_384;

    private JsonBody() {}

    static void send(HttpServletRequest request, HttpServletResponse response, Consumer<JsonGenerator> content)
            throws IOException {
        String callback = request.getParameter("jsonp");
        if (callback != null && !CALLBACK.matcher(callback).matches()) {
            Answers.send(response, 400, "The callback is not a name.");
            return;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_SIZE);
        if (callback != null) {
            body.write((callback + "(").getBytes(StandardCharsets.US_ASCII));
        }
        try (JsonGenerator json = JsonMapper.shared().createGenerator(body)) {
            content.accept(json);
        }
        if (callback != null) {
            body.write(");".getBytes(StandardCharsets.US_ASCII));
        }
        String mediaType = callback == null ? "application/json" : "text/javascript";
        FiniteBody.send(request, response, mediaType, body.toByteArray());
    }
}
