package org.nucleus.cluster.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nucleus.cluster.CannotStart;

/** Starts processes in sessions of their own: a Ctrl-C for the one that starts them is not one for them. */
public final class DetachedProcess {
    private DetachedProcess() {}

    /** Starts it with its output appended to the log, and writes its pid file. */
    public static Process start(List<String> command, Path directory, Path log, PidFile pidFile) {
        List<String> inSession = new ArrayList<>(List.of("setsid"));
        inSession.addAll(command);
        try {
            Process process = new ProcessBuilder(inSession)
                    .directory(directory.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            pidFile.write(process.pid());
            return process;
        } catch (IOException e) {
            throw new CannotStart("Cannot run " + command.getFirst() + ": " + e.getMessage() + ".", e);
        }
    }
}
