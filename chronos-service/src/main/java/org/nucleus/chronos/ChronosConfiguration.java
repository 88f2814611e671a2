package org.nucleus.chronos;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.nucleus.access.Credential;
import org.nucleus.chronos.api.ApiConfiguration;
import org.nucleus.chronos.leader.FollowerFilter;
import org.nucleus.chronos.leader.Leadership;
import org.nucleus.chronos.metrics.ChronosMetrics;
import org.nucleus.chronos.sandbox.SandboxReader;
import org.nucleus.chronos.store.ChronosStore;
import org.nucleus.chronos.store.jpa.JpaConfiguration;
import org.nucleus.service.access.AccessRules;
import org.nucleus.service.flags.Exit;
import org.nucleus.service.flags.FlagsException;
import org.nucleus.service.leader.LeaderProxy;
import org.nucleus.zookeeper.ZooKeeperUrl;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the rooms together. */
@Configuration
@EnableConfigurationProperties(ChronosProperties.class)
@Import({JpaConfiguration.class, ApiConfiguration.class})
class ChronosConfiguration {
    /** After the security chain, so that a follower hands on only what it would answer itself. */
    private static final int AFTER_SECURITY = 0;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ChronosMetrics chronosMetrics(MeterRegistry registry) {
        return new ChronosMetrics(registry);
    }

    @Bean
    Takeover takeover(
            ChronosProperties properties, ChronosStore store, ChronosMetrics metrics, Clock clock, Exit exit) {
        return new Takeover(properties, store, metrics, clock, exit);
    }

    @Bean
    SandboxReader sandboxReader(ChronosProperties properties) {
        return new SandboxReader(
                Optional.ofNullable(properties.mesosAuthenticationPrincipal())
                        .map(principal -> new Credential(principal, Takeover.secret(properties))),
                properties.mesosAuthenticationMechanism());
    }

    @Bean
    Leadership leadership(ChronosProperties properties, Takeover takeover, ChronosMetrics metrics, Exit exit) {
        Leadership leadership = new Leadership(zooKeeper(properties), properties.zkTimeout(), takeover::begin, exit);
        metrics.watch(leadership);
        return leadership;
    }

    /** Runs once the web server listens: only then is the port known, and may a follower be told of us. */
    @Bean
    ApplicationRunner candidate(Leadership leadership, ChronosProperties properties, WebServerApplicationContext web) {
        return _ -> leadership.join(hostname(properties) + ":"
                + Objects.requireNonNull(web.getWebServer()).getPort());
    }

    @Bean(destroyMethod = "close")
    LeaderProxy leaderProxy(ChronosProperties properties) {
        return new LeaderProxy(hostname(properties) + ":" + properties.httpPort(), "X-Chronos-Via");
    }

    @Bean
    FilterRegistrationBean<FollowerFilter> followerFilter(Leadership leadership, LeaderProxy proxy) {
        FilterRegistrationBean<FollowerFilter> registration =
                new FilterRegistrationBean<>(new FollowerFilter(leadership, proxy));
        registration.setOrder(AFTER_SECURITY);
        return registration;
    }

    @Bean
    AccessRules accessRules(ChronosProperties properties) {
        String pair = properties.httpCredentials();
        if (pair == null) {
            return AccessRules.open();
        }
        int colon = pair.indexOf(':');
        if (colon <= 0) {
            throw new FlagsException("The flag --http_credentials must be user:password.");
        }
        Credential known = new Credential(pair.substring(0, colon), pair.substring(colon + 1));
        return new AccessRules(
                principal -> Optional.of(known).filter(one -> one.principal().equals(principal)),
                request -> isOpen(request.getRequestURI()) ? Optional.empty() : Optional.of(properties.httpRealm()));
    }

    private static boolean isOpen(String path) {
        return path.equals("/ping") || path.startsWith("/actuator/");
    }

    private static ZooKeeperUrl zooKeeper(ChronosProperties properties) {
        if (properties.zk() != null) {
            return ZooKeeperUrl.parse(properties.zk());
        }
        String hosts = properties.zkHosts().replace("zk://", "");
        String servers = hosts.contains("/") ? hosts.substring(0, hosts.indexOf('/')) : hosts;
        String login = properties.zkAuth() == null ? "" : properties.zkAuth() + "@";
        return ZooKeeperUrl.parse("zk://" + login + servers + properties.zkPath());
    }

    static String hostname(ChronosProperties properties) {
        if (properties.hostname() != null) {
            return properties.hostname();
        }
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
