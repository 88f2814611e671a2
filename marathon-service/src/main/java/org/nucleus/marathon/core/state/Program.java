package org.nucleus.marathon.core.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/**
 * What an instance runs: a shell command, or arguments without a shell.
 *
 * @param args empty unless {@code cmd} is absent
 * @param user absent: the framework's
 */
public record Program(
        @Nullable String cmd,
        List<String> args,
        @Nullable String user,
        Map<String, String> env,
        List<Fetch> fetch,
        String executor) {
    public Program {
        args = List.copyOf(args);
        env = Ordered.copyOf(env);
        fetch = List.copyOf(fetch);
    }
}
