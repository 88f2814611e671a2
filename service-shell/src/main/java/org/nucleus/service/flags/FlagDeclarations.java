package org.nucleus.service.flags;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The flags of one service, from {@code nucleus/<service>-flags.properties} on the class path:
 * <pre>
 * settings = org.nucleus.master.MasterProperties, org.nucleus.service.store.DatabaseFlags
 * port     = port            # the flag that is also the HTTP port
 * address  = ip              # the flag that is also the address to bind
 * log      = logging_level   # the flag that is also the level of our own log: INFO, WARNING, ERROR
 * ignored  = quorum, modules # accepted without effect
 * alias.old_name = new_name
 * </pre>
 * Every component of the named {@code @ConfigurationProperties} records is a flag: {@code agentPingTimeout} is
 * {@code --agent_ping_timeout} and the property {@code <prefix>.agent-ping-timeout}.
 */
final class FlagDeclarations {
    /** One flag: the Spring property it sets, its type, and its value where none is given. */
    record Flag(String name, String property, Class<?> type, Optional<String> byDefault) {
        boolean isSwitch() {
            return type == boolean.class || type == Boolean.class;
        }
    }

    private final String service;
    private final Map<String, Flag> flags = new LinkedHashMap<>();
    private final Set<String> ignored;
    private final Properties declared;

    private FlagDeclarations(String service, Properties declared) {
        this.service = service;
        this.declared = declared;
        this.ignored = words("ignored");
        words("settings").forEach(this::addSettings);
    }

    static FlagDeclarations of(String service) {
        String resource = "nucleus/" + service + "-flags.properties";
        Properties declared = new Properties();
        try (InputStream in = FlagDeclarations.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            declared.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FlagDeclarations(service, declared);
    }

    /** The flag called {@code name}, by an alias or with the old word {@code slave} for agent if need be. */
    Optional<Flag> find(String name) {
        String alias = declared.getProperty("alias." + name, name);
        Flag flag = flags.get(alias);
        return Optional.ofNullable(flag != null ? flag : flags.get(alias.replace("slave", "agent")));
    }

    boolean isIgnored(String name) {
        return ignored.contains(name) || ignored.contains(name.replace("slave", "agent"));
    }

    /** The Spring property that {@code flag} sets besides its own: where to listen, or how much to log. */
    Optional<String> springProperty(Flag flag) {
        if (words("port").contains(flag.name())) {
            return Optional.of("server.port");
        }
        if (words("log").contains(flag.name())) {
            return Optional.of("logging.level.org.nucleus");
        }
        return words("address").contains(flag.name()) ? Optional.of("server.address") : Optional.empty();
    }

    /** What Spring is told of flags that are not given, such as the port to listen on. */
    Map<String, String> springDefaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        flags.values()
                .forEach(flag -> springProperty(flag)
                        .ifPresent(property -> flag.byDefault().ifPresent(value -> defaults.put(property, value))));
        return defaults;
    }

    FlagsException unknown(String name) {
        String near = flags.keySet().stream()
                .filter(known -> Distance.between(known, name) <= 3)
                .findFirst()
                .map(known -> " Did you mean --" + known + "?")
                .orElse("");
        return new FlagsException("The " + service + " knows no flag --" + name + "." + near);
    }

    Map<String, Flag> flags() {
        return flags;
    }

    private Set<String> words(String key) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : declared.getProperty(key, "").split("[,\\s]+")) {
            if (!word.isBlank()) {
                words.add(word);
            }
        }
        return words;
    }

    private void addSettings(String className) {
        try {
            Class<?> type = Class.forName(className, false, getClass().getClassLoader());
            String prefix = type.getAnnotation(ConfigurationProperties.class).value();
            for (Parameter component : canonicalConstructor(type).getParameters()) {
                String name = snakeCase(component.getName());
                Optional<String> byDefault = Optional.ofNullable(component.getAnnotation(DefaultValue.class))
                        .map(annotation -> String.join(",", annotation.value()));
                String property = prefix + "." + name.replace('_', '-');
                flags.put(name, new Flag(name, property, component.getType(), byDefault));
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the flags of " + service + " name a class that is not there", e);
        }
    }

    /** Its parameters, unlike the record's components, carry the defaults. */
    private static Constructor<?> canonicalConstructor(Class<?> type) {
        Class<?>[] components = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(components);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is no record", e);
        }
    }

    static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
