package org.nucleus.master.registry.jpa;

import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The registry, its rows and its tables. */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = JpaConfiguration.class)
@EnableJpaRepositories(basePackageClasses = JpaConfiguration.class, considerNestedRepositories = false)
@Import({JpaRegistry.class, StoredTasks.class})
public class JpaConfiguration {}
