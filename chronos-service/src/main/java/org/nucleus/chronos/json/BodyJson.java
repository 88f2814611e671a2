package org.nucleus.chronos.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Small bodies of one number. */
public final class BodyJson {
    private BodyJson() {}

    /**
     * The number under {@code name}, which must be there.
     *
     * @throws BadJob if it is not
     */
    public static long whole(byte[] body, String name) {
        try {
            Fields in = Fields.of(JsonMapper.shared().readTree(body), "The body");
            if (!in.has(name)) {
                throw in.wrong(name, "given");
            }
            return in.whole(name, 0);
        } catch (JacksonException e) {
            throw new BadJob("The body is not JSON: " + e.getOriginalMessage());
        }
    }
}
