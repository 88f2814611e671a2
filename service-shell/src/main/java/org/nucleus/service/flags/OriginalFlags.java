package org.nucleus.service.flags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nucleus.service.flags.FlagDeclarations.Flag;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a service's settings as the originals did: {@code --name=value}, {@code --name value}, {@code --[no-]switch},
 * environment variables with the service's prefix, and {@code --flags_file} with {@code name=value} lines or a JSON
 * object. Command line wins over environment, environment over file. A value {@code file:///path} stands for what is in
 * that file. The result is a map of Spring properties; arguments with a dot in their name are Spring's own and are
 * handed on.
 */
public final class OriginalFlags {
    private static final String FLAGS_FILE = "flags_file";

    private final FlagDeclarations declarations;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> springArguments = new ArrayList<>();
    private final List<String> withoutEffect = new ArrayList<>();

    private OriginalFlags(FlagDeclarations declarations) {
        this.declarations = declarations;
    }

    /** @throws FlagsException if a flag is unknown or has no value */
    static OriginalFlags read(
            FlagDeclarations declarations, String prefix, Map<String, String> environment, List<String> arguments) {
        OriginalFlags flags = new OriginalFlags(declarations);
        Map<String, String> commandLine = flags.commandLine(arguments);
        String file = commandLine.remove(FLAGS_FILE);
        if (file == null) {
            file = environment.get(prefix + FLAGS_FILE.toUpperCase(Locale.ROOT));
        }
        if (file != null) {
            flags.readFile(Path.of(withoutScheme(file)));
        }
        flags.readEnvironment(prefix, environment);
        commandLine.forEach(flags::set);
        return flags;
    }

    /** Spring's properties: the flags' own, and where to listen. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Flag flag = declarations.find(name).orElseThrow();
            String escaped = value.replace("${", "\\${");
            properties.put(flag.property(), escaped);
            declarations.springProperty(flag).ifPresent(property -> properties.put(property, level(escaped)));
        });
        return properties;
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Flags of the original that were given, are accepted, and mean nothing here. */
    List<String> withoutEffect() {
        return List.copyOf(withoutEffect);
    }

    String[] springArguments() {
        return springArguments.toArray(String[]::new);
    }

    private Map<String, String> commandLine(List<String> arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                throw new FlagsException("Cannot make sense of the argument '" + argument + "': flags begin with --.");
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (name.contains(".")) {
                springArguments.add(argument);
            } else if (equals >= 0) {
                given.put(normal(name), argument.substring(equals + 1));
            } else if (isSwitch(normal(name))) {
                given.put(normal(name), "");
            } else if (i + 1 < arguments.size()) {
                given.put(normal(name), arguments.get(++i));
            } else {
                throw new FlagsException("The flag --" + name + " needs a value.");
            }
        }
        return given;
    }

    private boolean isSwitch(String name) {
        if (name.startsWith("no_")) {
            return true;
        }
        return declarations.find(name).map(Flag::isSwitch).orElse(declarations.isIgnored(name));
    }

    private void readEnvironment(String prefix, Map<String, String> environment) {
        environment.forEach((variable, value) -> {
            if (variable.startsWith(prefix)) {
                String name = variable.substring(prefix.length()).toLowerCase(Locale.ROOT);
                if (declarations.find(name).isPresent()) {
                    set(name, value);
                }
            }
        });
    }

    private void readFile(Path file) {
        String text = content(file).strip();
        if (text.startsWith("{")) {
            try {
                Map<?, ?> object = JsonMapper.shared().readValue(text, Map.class);
                object.forEach((name, value) -> set(normal(name.toString()), asText(value)));
            } catch (JacksonException e) {
                throw new FlagsException(
                        "The flags file " + file + " is not the JSON it begins as: " + e.getOriginalMessage() + ".");
            }
            return;
        }
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    String flag = line.startsWith("--") ? line.substring(2) : line;
                    int equals = flag.indexOf('=');
                    set(
                            normal(equals < 0 ? flag : flag.substring(0, equals)),
                            equals < 0 ? "" : flag.substring(equals + 1));
                });
    }

    private static String asText(Object value) {
        return value instanceof Map || value instanceof List
                ? JsonMapper.shared().writeValueAsString(value)
                : String.valueOf(value);
    }

    private void set(String name, String value) {
        Optional<Flag> flag = declarations.find(name);
        if (flag.isPresent()) {
            values.put(flag.get().name(), plain(flag.get(), value));
            return;
        }
        Optional<Flag> negated = name.startsWith("no_") ? declarations.find(name.substring(3)) : Optional.empty();
        if (negated.filter(Flag::isSwitch).isPresent()) {
            values.put(negated.get().name(), "false");
        } else if (declarations.isIgnored(name)) {
            withoutEffect.add(name);
        } else {
            throw declarations.unknown(name);
        }
    }

    private static String plain(Flag flag, String value) {
        if (flag.isSwitch() && value.isEmpty()) {
            return "true";
        }
        if (!value.startsWith("file://")) {
            return value;
        }
        String path = withoutScheme(value);
        return flag.type() == Path.class ? path : content(Path.of(path)).strip();
    }

    /** The original's word for a level of logging, in the word of ours; anything else as it is. */
    private static String level(String value) {
        return value.equals("WARNING") ? "WARN" : value;
    }

    private static String withoutScheme(String path) {
        return path.startsWith("file://") ? path.substring("file://".length()) : path;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new FlagsException("Cannot read the file " + file + ": " + e.getMessage() + ".");
        }
    }

    private static String normal(String name) {
        return name.replace('-', '_');
    }
}
