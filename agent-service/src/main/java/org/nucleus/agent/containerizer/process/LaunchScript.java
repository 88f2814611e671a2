package org.nucleus.agent.containerizer.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.wire.CommandInfo;

/**
 * The script that turns into a container's command: it sets the environment and executes. A script and not arguments,
 * since anyone may read a process's arguments and an environment may hold secrets.
 */
final class LaunchScript {
    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** Those that a shell keeps for itself: dash or bash refuse to set them, or to set them to anything. */
    private static final Set<String> SHELLS_OWN =
            Set.of("PPID", "UID", "EUID", "SHELLOPTS", "BASHOPTS", "BASH_VERSINFO", "OPTIND", "LINENO", "HISTSIZE");

    /** With {@code exec -a}, which sets a program's zeroth argument. */
    private static final String BASH = "/bin/bash";

    /** What shells export unasked. */
    private static final String FORGET_OWN = "unset PWD OLDPWD SHLVL\n";

    private static final String SH = "/bin/sh";

    private final CommandInfo command;
    private final Map<String, String> environment;

    private LaunchScript(CommandInfo command, Map<String, String> environment) {
        this.command = command;
        this.environment = environment;
    }

    static LaunchScript of(CommandInfo command, Map<String, String> environment) throws LaunchFailed {
        String value = command.value();
        if (value == null || value.isEmpty()) {
            throw new LaunchFailed("The command has no value");
        }
        refuseNul("value", value);
        for (String argument : command.arguments()) {
            refuseNul("arguments", argument);
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            refuseNul("environment", variable.getKey() + variable.getValue());
            if (variable.getKey().isEmpty() || variable.getKey().contains("=")) {
                throw new LaunchFailed("'" + variable.getKey() + "' cannot name an environment variable");
            }
        }
        return new LaunchScript(command, environment);
    }

    /** The shell that must read the script. */
    String shell() {
        return namesItself() ? BASH : SH;
    }

    /** Its lines. */
    String text() {
        StringBuilder text = new StringBuilder("exec 6<&-\n").append(FORGET_OWN);
        SequencedMap<String, String> unspeakable = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (isSpeakable(name)) {
                text.append("export ")
                        .append(name)
                        .append('=')
                        .append(quoted(value))
                        .append('\n');
            } else {
                unspeakable.put(name, value);
            }
        });
        text.append("exec");
        if (!unspeakable.isEmpty()) {
            text.append(" /usr/bin/env");
            unspeakable.forEach((name, value) -> text.append(' ').append(quoted(name + "=" + value)));
        } else if (namesItself()) {
            text.append(" -a ").append(quoted(command.arguments().getFirst()));
        }
        words().forEach(word -> text.append(' ').append(quoted(word)));
        return text.append('\n').toString();
    }

    private List<String> words() {
        String value = String.valueOf(command.value());
        if (command.shell()) {
            return List.of(SH, "-c", value);
        }
        List<String> arguments = command.arguments();
        return Stream.concat(Stream.of(value), arguments.stream().skip(1)).toList();
    }

    /** Whether the program is to be told another name than its own; names of that kind need another shell. */
    private boolean namesItself() {
        return !command.shell()
                && !command.arguments().isEmpty()
                && !command.arguments().getFirst().equals(command.value())
                && environment.keySet().stream().allMatch(LaunchScript::isSpeakable);
    }

    private static boolean isSpeakable(String name) {
        return SHELL_NAME.matcher(name).matches() && !SHELLS_OWN.contains(name);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static void refuseNul(String field, String text) throws LaunchFailed {
        if (text.indexOf('\0') >= 0) {
            throw new LaunchFailed("The command's " + field + " contains a NUL character");
        }
    }
}
