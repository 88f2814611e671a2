package org.nucleus.service.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** One stateless chain for all of a service's paths, driven by its {@link AccessRules}. */
@AutoConfiguration(before = ServletWebSecurityAutoConfiguration.class)
@Import(CramMd5Endpoint.class)
class AccessConfiguration {
    @Bean
    @ConditionalOnMissingBean
    AccessRules accessRules() {
        return AccessRules.open();
    }

    @Bean
    CramMd5Exchange cramMd5Exchange(AccessRules rules) {
        return new CramMd5Exchange(rules, Clock.systemUTC());
    }

    @Bean
    Identification identification(AccessRules rules, CramMd5Exchange exchange) {
        return new Identification(rules, exchange);
    }

    /** Its own chain is the first: what it does not serve goes the common way from its beginning. */
    @Bean
    FilterRegistrationBean<DirectFilter> directPaths(
            AccessRules rules, Identification identification, ObjectProvider<DirectPath> paths) {
        FilterRegistrationBean<DirectFilter> registration = new FilterRegistrationBean<>(
                new DirectFilter(rules, identification, paths.stream().toList()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations(); // a span for each filter costs more than the filters
    }

    @Bean
    @ConditionalOnMissingBean
    SecurityFilterChain security(HttpSecurity http, AccessRules rules, Identification identification) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(new CredentialFilter(rules, identification), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access((caller, context) -> new AuthorizationDecision(
                                rules.realm().apply(context.getRequest()).isEmpty()
                                        || CurrentPrincipal.get().isPresent())))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(
                        (request, response, e) -> demandCredentials(rules, request, response)))
                .build();
    }

    private static void demandCredentials(AccessRules rules, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String realm = rules.realm().apply(request).orElse("nucleus");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", "Basic realm=\"" + realm + "\"");
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write("Authentication is required for the realm " + realm + ".");
    }
}
