package org.nucleus.marathon.core.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/**
 * What an instance runs: a shell command, or arguments without a shell, or what its image says.
 *
 * @param args empty unless {@code cmd} is absent
 * @param user absent: the framework's
 * @param secretEnv variables whose values are secrets, by the secrets' names
 * @param secrets the source of each secret, by its name
 */
public record Program(
        @Nullable String cmd,
        List<String> args,
        @Nullable String user,
        Map<String, String> env,
        Map<String, String> secretEnv,
        Map<String, String> secrets,
        List<Fetch> fetch,
        String executor,
        boolean tty) {
    public Program {
        args = List.copyOf(args);
        env = Ordered.copyOf(env);
        secretEnv = Ordered.copyOf(secretEnv);
        secrets = Ordered.copyOf(secrets);
        fetch = List.copyOf(fetch);
    }
}
