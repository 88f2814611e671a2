package org.nucleus.master.api.legacy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.nucleus.master.api.Answers;
import org.nucleus.master.api.FiniteBody;
import org.nucleus.service.http.Jsonp;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** A JSON answer, or a script that hands it to {@code ?jsonp=callback}, for pages of another origin. */
final class JsonBody {
    private static final int USUAL_SIZE = 16_384;

    private JsonBody() {}

    static void send(HttpServletRequest request, HttpServletResponse response, Consumer<JsonGenerator> content)
            throws IOException {
        String callback = request.getParameter(Jsonp.PARAMETER);
        if (callback != null && !Jsonp.isCallback(callback)) {
            Answers.send(response, 400, Jsonp.REFUSAL);
            return;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = JsonMapper.shared().createGenerator(body)) {
            content.accept(json);
        }
        if (callback == null) {
            FiniteBody.send(request, response, "application/json", body.toByteArray());
        } else {
            FiniteBody.send(request, response, Jsonp.MEDIA_TYPE, Jsonp.wrapped(callback, body.toByteArray()));
        }
    }
}
