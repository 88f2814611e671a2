package org.nucleus.cluster;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells the person at the terminal, line by line, how far things are. */
public final class Progress {
    private final PrintStream out;
    private final long began = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** For what nobody watches. */
    static Progress silent() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream()));
    }

    /** One thing was done; says also when. */
    public synchronized void done(String what) {
        Duration since = Duration.ofNanos(System.nanoTime() - began);
        out.println(String.format(Locale.ROOT, "  %5.1f s  %s", since.toMillis() / 1000.0, what));
        out.flush();
    }

    /** Text as it is. */
    public synchronized void say(String text) {
        out.println(text);
        out.flush();
    }
}
