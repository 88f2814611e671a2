package org.nucleus.service.stream;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The open streams of this service. */
@AutoConfiguration
class StreamConfiguration {
    @Bean
    EventStreams eventStreams() {
        return new EventStreams();
    }
}
