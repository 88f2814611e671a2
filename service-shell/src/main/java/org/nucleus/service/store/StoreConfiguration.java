package org.nucleus.service.store;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** The fenced store of a service that has a database. */
@AutoConfiguration(after = {JdbcTemplateAutoConfiguration.class, HibernateJpaAutoConfiguration.class})
@EnableConfigurationProperties(DatabaseFlags.class)
@ConditionalOnBean(JdbcTemplate.class)
class StoreConfiguration {
    @Bean
    @ConditionalOnMissingBean
    FencedStore fencedStore(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new FencedStore(jdbc, transactions);
    }
}
