package org.nucleus.agent.fetcher;

import java.io.IOException;

/** A URI could not be fetched or extracted. The message is for people. */
public final class FetchFailed extends IOException {
    private static final long serialVersionUID = 1L;

    public FetchFailed(String message) {
        super(message);
    }

    public FetchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
