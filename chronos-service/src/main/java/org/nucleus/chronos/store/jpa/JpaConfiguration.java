package org.nucleus.chronos.store.jpa;

import jakarta.persistence.EntityManager;
import org.nucleus.chronos.store.ChronosStore;
import org.nucleus.service.store.FencedStore;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The store, over the repositories of this room. */
@Configuration
@EntityScan
@EnableJpaRepositories
public class JpaConfiguration {
    @Bean
    ChronosStore chronosStore(
            FencedStore fence,
            EntityManager entities,
            JobRows jobs,
            RunRows runs,
            FrameworkRows frameworks,
            NoticeRows notices) {
        return new JpaChronosStore(fence, entities, jobs, runs, frameworks, notices);
    }
}
