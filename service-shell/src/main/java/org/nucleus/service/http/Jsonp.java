package org.nucleus.service.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A script that hands a JSON answer to {@code ?jsonp=callback}, for pages of another origin. */
public final class Jsonp {
    /** The query's parameter. */
    public static final String PARAMETER = "jsonp";

    public static final String MEDIA_TYPE = "text/javascript";

    /** What is said, with status 400, to a callback that could be more than a name. */
    public static final String REFUSAL = "The callback is not a name.";

    private static final Pattern CALLBACK = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,127}");

    private Jsonp() {}

    /** Whether {@code callback} is a name, and no script of its own. */
    public static boolean isCallback(String callback) {
        return CALLBACK.matcher(callback).matches();
    }

    /** {@code callback(json);} */
    public static byte[] wrapped(String callback, byte[] json) {
        ByteArrayOutputStream script = new ByteArrayOutputStream(json.length + callback.length() + 3);
        script.writeBytes((callback + "(").getBytes(StandardCharsets.US_ASCII));
        script.writeBytes(json);
        script.writeBytes(");".getBytes(StandardCharsets.US_ASCII));
        return script.toByteArray();
    }
}
