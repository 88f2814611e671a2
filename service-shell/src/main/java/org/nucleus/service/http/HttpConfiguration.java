package org.nucleus.service.http;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** How every service takes requests, before anything of its own sees them. */
@AutoConfiguration
class HttpConfiguration {
    @Bean
    FilterRegistrationBean<PathFilter> pathFilter() {
        FilterRegistrationBean<PathFilter> registration = new FilterRegistrationBean<>(new PathFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> jettyLimits() {
        return factory -> factory.addServerCustomizers(new JettyLimits());
    }
}
