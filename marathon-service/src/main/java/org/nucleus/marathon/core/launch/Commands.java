package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Fetch;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.Label;
import org.nucleus.wire.Labels;
import org.nucleus.wire.Secret;

/** The pieces that commands of apps and of pods are made of. */
final class Commands {
    private Commands() {}

    /**
     * @param secretEnv variables whose values are secrets, by their names
     * @param sources of the secrets, by their names
     */
    static Environment environment(
            Map<String, String> values, Map<String, String> secretEnv, Map<String, String> sources) {
        List<Environment.Variable> variables = new ArrayList<>();
        values.forEach((name, value) ->
                variables.add(new Environment.Variable(name, Environment.Variable.Type.VALUE, value, null)));
        secretEnv.forEach((name, secret) -> variables.add(new Environment.Variable(
                name, Environment.Variable.Type.SECRET, null, reference(sources.getOrDefault(secret, secret)))));
        return new Environment(variables);
    }

    /** A secret by its source, which the agent's resolver knows. */
    static Secret reference(String source) {
        return new Secret(Secret.Type.REFERENCE, new Secret.Reference(source, null), null);
    }

    static List<CommandInfo.Uri> uris(List<Fetch> fetch) {
        return fetch.stream().map(Commands::uri).toList();
    }

    private static CommandInfo.Uri uri(Fetch fetch) {
        return CommandInfo.Uri.builder()
                .value(fetch.uri())
                .extract(fetch.extract())
                .executable(fetch.executable())
                .cache(fetch.cache())
                .outputFile(fetch.destPath())
                .build();
    }

    static CommandInfo shell(@Nullable String command) {
        return CommandInfo.builder().shell(true).value(command).build();
    }

    static Labels labels(Map<String, String> labels) {
        List<Label> list = new ArrayList<>();
        labels.forEach((key, value) -> list.add(new Label(key, value)));
        return new Labels(list);
    }
}
