package org.nucleus.service.flags;

import java.util.LinkedHashMap;
import java.util.Map;

/** Spring's settings for a service's own schema in the database of {@code --db_url}, or for a service without one. */
final class DatabaseSettings {
    /** What Spring Boot would configure for a database: left out where a service has none. */
    static final String AUTO_CONFIGURATIONS = String.join(
            ",",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration");

    private DatabaseSettings() {}

    static boolean wantedBy(FlagDeclarations declarations) {
        return declarations.find("db_url").isPresent();
    }

    /** @throws FlagsException if there is no {@code --db_url} */
    static Map<String, Object> of(String service, OriginalFlags flags) {
        String url = flags.value("db_url")
                .orElseThrow(() -> new FlagsException("The " + service + " needs a PostgreSQL database:"
                        + " set --db_url=jdbc:postgresql://host:5432/name, --db_user and --db_password."));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", url);
        flags.value("db_user").ifPresent(user -> properties.put("spring.datasource.username", user));
        flags.value("db_password")
                .ifPresent(password -> properties.put("spring.datasource.password", password.replace("${", "\\${")));
        properties.put("spring.datasource.hikari.schema", service);
        properties.put("spring.datasource.hikari.data-source-properties.ApplicationName", "nucleus-" + service);
        properties.put("spring.flyway.schemas", service);
        properties.put("spring.flyway.locations", "classpath:db/migration/shell,classpath:db/migration/" + service);
        return properties;
    }
}
