package org.nucleus.service.flags;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.nucleus.access.InvalidAccessRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Starts a service: its flags become its settings, over the defaults that all services share. */
public final class Launch {
    private static final Logger log = LoggerFactory.getLogger(Launch.class);
    private static final String DEFAULTS = "nucleus/service-defaults.properties";

    private Launch() {}

    /** For a {@code main}: what prevents the start is said in one sentence, and the process ends with 1. */
    public static void run(Class<?> application, String service, String environmentPrefix, String... arguments) {
        try {
            start(application, service, environmentPrefix, Surroundings.process(), arguments);
        } catch (RuntimeException e) {
            System.err.println(sentence(e));
            if (reason(e).isEmpty()) {
                log.atError().setCause(e).log("The start failed for a reason without a sentence of its own");
            }
            System.exit(1);
        }
    }

    /**
     * For hosts of several services and for tests: returns once the service answers, or throws what prevented it.
     *
     * @throws FlagsException if a flag is unknown, malformed or missing
     */
    public static ConfigurableApplicationContext start(
            Class<?> application,
            String service,
            String environmentPrefix,
            Surroundings surroundings,
            String... arguments) {
        FlagDeclarations declarations = FlagDeclarations.of(service);
        OriginalFlags flags =
                OriginalFlags.read(declarations, environmentPrefix, surroundings.environment(), List.of(arguments));
        Map<String, Object> properties = flags.properties();
        properties.put("spring.application.name", "nucleus-" + service);
        boolean withDatabase = DatabaseSettings.wantedBy(declarations);
        if (withDatabase) {
            properties.putAll(DatabaseSettings.of(service, flags));
        }
        SpringApplication spring = new SpringApplication(application);
        spring.setBannerMode(Banner.Mode.OFF);
        Map<String, Object> defaults = defaults(withDatabase);
        defaults.putAll(declarations.springDefaults());
        spring.setDefaultProperties(defaults);
        spring.addListeners(new FlagsFirst(properties));
        spring.addInitializers(context -> {
            Exit exit = Optional.ofNullable(surroundings.exit()).orElseGet(() -> new ProcessExit(context));
            ((GenericApplicationContext) context).registerBean("exit", Exit.class, () -> exit);
        });
        ConfigurableApplicationContext context = spring.run(flags.springArguments());
        flags.withoutEffect()
                .forEach(flag ->
                        log.atWarn().addKeyValue("flag", flag).log("A flag of the original has no effect here"));
        return context;
    }

    /** What a person needs to read when a start has failed. */
    public static String sentence(Throwable failure) {
        return reason(failure)
                .orElseGet(() -> "Could not start: " + deepest(failure).getMessage());
    }

    /** The reason in a sentence, if it is one of those that an operator can do something about. */
    private static Optional<String> reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> reason = ownReason(cause);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ownReason(Throwable cause) {
        return switch (cause) {
            case FlagsException wrong -> Optional.of(String.valueOf(wrong.getMessage()));
            case InvalidAccessRules wrong -> Optional.of(wrong.getMessage() + ".");
            case PortInUseException inUse ->
                Optional.of("Port " + inUse.getPort() + " is in use. Set another one, or stop who listens there.");
            case BindException refused ->
                Optional.of("Cannot listen: " + refused.getMessage() + ". Set another address or port.");
            case SQLException refused
            when isConnection(refused) -> Optional.of("Cannot use the database of --db_url: " + refused.getMessage());
            case ConfigurationPropertiesBindException wrong ->
                Optional.of("A setting has a value that cannot be used: "
                        + deepest(wrong).getMessage());
            default -> Optional.empty();
        };
    }

    private static boolean isConnection(SQLException refused) {
        String state = refused.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("28") || state.startsWith("3D"));
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static Map<String, Object> defaults(boolean withDatabase) {
        Properties read = new Properties();
        try (InputStream in = Launch.class.getClassLoader().getResourceAsStream(DEFAULTS)) {
            read.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> defaults = new LinkedHashMap<>();
        read.stringPropertyNames().forEach(name -> defaults.put(name, read.getProperty(name)));
        if (!withDatabase) {
            String excluded = "spring.autoconfigure.exclude";
            defaults.put(excluded, defaults.get(excluded) + "," + DatabaseSettings.AUTO_CONFIGURATIONS);
        }
        return defaults;
    }

    /** Puts the flags before every other source of settings, early enough for those that steer the start itself. */
    private record FlagsFirst(Map<String, Object> properties)
            implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            ConfigurableEnvironment environment = event.getEnvironment();
            environment.getPropertySources().addFirst(new MapPropertySource("flags", properties));
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }
}
