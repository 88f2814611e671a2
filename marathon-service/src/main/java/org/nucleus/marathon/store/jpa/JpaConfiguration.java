package org.nucleus.marathon.store.jpa;

import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** Finds the rows and their tables. */
@Configuration(proxyBeanMethods = false)
@EntityScan
@EnableJpaRepositories(considerNestedRepositories = true)
class JpaConfiguration {}
