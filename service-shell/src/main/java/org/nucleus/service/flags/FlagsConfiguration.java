package org.nucleus.service.flags;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.annotation.Bean;

/** How settings are written. */
@AutoConfiguration
class FlagsConfiguration {
    @Bean
    @ConfigurationPropertiesBinding
    static MesosDuration mesosDuration() {
        return new MesosDuration();
    }
}
