package org.nucleus.master;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Acls;
import org.nucleus.access.Authorizer;
import org.nucleus.access.Credentials;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Ordered;
import org.nucleus.machine.Step;
import org.nucleus.machine.TimerQueue;
import org.nucleus.machine.Writer;
import org.nucleus.master.access.LogAccess;
import org.nucleus.master.access.MasterAccess;
import org.nucleus.master.api.EffectDelivery;
import org.nucleus.master.api.LeaderGate;
import org.nucleus.master.api.OpenStreams;
import org.nucleus.master.api.PeerStreams;
import org.nucleus.master.api.Replies;
import org.nucleus.master.api.agentlink.AgentLinkConfiguration;
import org.nucleus.master.api.agentlink.AgentStreams;
import org.nucleus.master.api.legacy.LegacyConfiguration;
import org.nucleus.master.api.operator.OperatorConfiguration;
import org.nucleus.master.api.scheduler.SchedulerConfiguration;
import org.nucleus.master.api.scheduler.SchedulerStreams;
import org.nucleus.master.core.Master;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.master.core.state.RateLimit;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.master.election.Leadership;
import org.nucleus.master.election.Mailbox;
import org.nucleus.master.election.MasterAddress;
import org.nucleus.master.election.MasterElection;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.master.election.TermStart;
import org.nucleus.master.metrics.ClusterMeters;
import org.nucleus.master.metrics.MasterMetrics;
import org.nucleus.master.registry.Registry;
import org.nucleus.master.registry.WrittenBehind;
import org.nucleus.master.registry.jpa.JpaConfiguration;
import org.nucleus.master.view.ClusterFeed;
import org.nucleus.master.view.ClusterView;
import org.nucleus.master.view.ConfiguredRoles;
import org.nucleus.resources.MinAllocatable;
import org.nucleus.service.access.AccessRules;
import org.nucleus.service.files.AttachedFiles;
import org.nucleus.service.files.FilesConfiguration;
import org.nucleus.service.flags.EffectiveFlags;
import org.nucleus.service.flags.Exit;
import org.nucleus.service.flags.FlagsException;
import org.nucleus.service.flags.MesosDuration;
import org.nucleus.service.logging.LoggingLevel;
import org.nucleus.service.store.DatabaseFlags;
import org.nucleus.service.stream.EventStreams;
import org.nucleus.wire.DomainInfo;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.JsonCodec;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The only place that knows every room of the master, and the only one that builds a machine with its writer. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MasterProperties.class)
@Import({
    JpaConfiguration.class,
    SchedulerConfiguration.class,
    AgentLinkConfiguration.class,
    LegacyConfiguration.class,
    OperatorConfiguration.class,
    FilesConfiguration.class
})
class MasterConfiguration {
    /** Long enough that a short task's histories are one, short enough that a crash loses little. */
    private static final Duration HISTORIES_WAIT = Duration.ofMillis(100);

    @Bean
    Leadership leadership() {
        return new Leadership();
    }

    @Bean
    LeaderGate leaderGate(Leadership leadership) {
        return new LeaderGate(leadership);
    }

    @Bean
    Replies replies() {
        return new Replies();
    }

    @Bean
    AccessRules accessRules(MasterProperties properties) {
        Credentials credentials =
                properties.credentials() == null ? Credentials.none() : Credentials.load(properties.credentials());
        if (credentials.isEmpty() && properties.authenticatesAnybody()) {
            throw new FlagsException("Somebody must authenticate, but nobody can: set --credentials=/path/to/file.");
        }
        MasterAccess.Doors doors = new MasterAccess.Doors(
                properties.authenticateHttpFrameworks() || properties.authenticateFrameworks(),
                properties.authenticateAgents(),
                properties.authenticateHttpReadonly(),
                properties.authenticateHttpReadwrite());
        return new AccessRules(credentials::of, doors::realm);
    }

    @Bean
    MasterAccess masterAccess(MasterProperties properties) {
        Acls acls = properties.acls() == null ? Acls.permissive() : Acls.parse(properties.acls());
        return new MasterAccess(new Authorizer(acls));
    }

    @Bean
    MasterMetrics masterMetrics(MeterRegistry meters, MasterProperties properties) {
        return new MasterMetrics(Instant.now(), meters, properties.publishPerFrameworkMetrics());
    }

    /** The two kinds of streams, apart, for an effect must never reach the other kind of peer. */
    record Streams(OpenStreams schedulers, OpenStreams agents) {}

    @Bean
    Streams openStreams() {
        return new Streams(new OpenStreams(), new OpenStreams());
    }

    @Bean
    SchedulerStreams schedulerStreams(EventStreams streams, Streams open) {
        return new SchedulerStreams(new PeerStreams(streams, open.schedulers()));
    }

    @Bean
    AgentStreams agentStreams(EventStreams streams, Streams open) {
        return new AgentStreams(new PeerStreams(streams, open.agents()));
    }

    @Bean
    LegacyConfiguration.Shown shownOfMaster(MasterProperties properties, DatabaseFlags database) {
        return new LegacyConfiguration.Shown(
                Instant.now(), properties.cluster(), EffectiveFlags.of(properties, database));
    }

    @Bean
    ConfiguredRoles configuredRoles(MasterProperties properties) {
        return new ConfiguredRoles(listed(properties.roles()));
    }

    @Bean
    AttachedFiles attachedFiles(MasterProperties properties) throws IOException {
        AttachedFiles files = new AttachedFiles();
        if (properties.externalLogFile() != null) {
            files.attachLog(LogAccess.LOG, properties.externalLogFile());
        }
        return files;
    }

    @Bean
    LogAccess logAccess(AttachedFiles files, MasterAccess access) {
        return new LogAccess(files, access);
    }

    @Bean
    LoggingLevel loggingLevel(LoggingSystem logging) {
        return new LoggingLevel(logging, Clock.systemUTC());
    }

    @Bean
    MasterElection.Settings electionSettings(MasterProperties properties, Environment environment) {
        return new MasterElection.Settings(
                properties.zk(), properties.zkSessionTimeout(), () -> address(properties, environment));
    }

    @Bean
    MasterElection masterElection(
            MasterElection.Settings settings,
            Registry registry,
            TermStart terms,
            Leadership leadership,
            MasterMetrics metrics,
            Exit exit) {
        return new MasterElection(settings, metrics.timed(registry), terms, leadership, exit);
    }

    @Bean
    ClusterMeters clusterMeters(MeterRegistry meters, Leadership leadership) {
        return new ClusterMeters(meters, leadership);
    }

    @Bean
    TermStart termStart(
            MasterProperties properties, Registry registry, Streams open, Replies replies, MasterMetrics metrics) {
        MasterSettings settings = settings(properties);
        return (elected, onFatal) -> {
            Master master = new Master(settings);
            MasterTerm.Views views =
                    new MasterTerm.Views(new ClusterView(master::picture), new ClusterFeed(master::picture));
            MailboxOfWriter mailbox = new MailboxOfWriter();
            TimerQueue<WakeKey> timers = new TimerQueue<>("master-timers", Clock.systemUTC(), key -> mailbox.fire(key));
            WrittenBehind journal = new WrittenBehind(metrics.timed(registry.journal(elected.epoch())), HISTORIES_WAIT);
            Writer<MasterInput, Change.Durable, Effect> writer = new Writer<>(
                    metrics.timed(master),
                    journal,
                    new EffectDelivery(open.schedulers(), open.agents(), replies, timers),
                    new Observers(List.of(metrics, views.view(), views.feed())),
                    Clock.systemUTC(),
                    new Writer.Settings("master", 65_536, 1_024, properties.registryStoreTimeout()),
                    onFatal);
            mailbox.writer = writer;
            writer.offer(elected);
            writer.start();
            timers.start();
            return new MasterTerm(elected.masterInfo(), elected.epoch(), Instant.now(), mailbox, views, () -> {
                timers.close();
                writer.close();
                journal.close();
            });
        };
    }

    private static MasterAddress address(MasterProperties properties, Environment environment) {
        int listening = environment.getRequiredProperty("local.server.port", Integer.class);
        return MasterAddress.of(
                Optional.ofNullable(properties.advertiseIp()).orElse(properties.ip()),
                Optional.ofNullable(properties.advertisePort()).orElse(listening),
                properties.hostname(),
                domain(properties.domain()));
    }

    private static @Nullable DomainInfo domain(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            return JsonCodec.v1().decode(json.getBytes(StandardCharsets.UTF_8), DomainInfo.class);
        } catch (BadMessage e) {
            throw new FlagsException("--domain must be the JSON of a DomainInfo: " + e.getMessage());
        }
    }

    private static MasterSettings settings(MasterProperties p) {
        MasterSettings defaults = MasterSettings.defaults();
        return new MasterSettings(
                p.agentPingTimeout(),
                p.maxAgentPingTimeouts(),
                p.agentReregisterTimeout(),
                p.offerTimeout().isZero() ? null : p.offerTimeout(),
                p.allocationInterval(),
                p.allocationDelay(),
                MinAllocatable.parse(p.minAllocatableResources()),
                weights(p.weights()),
                p.roles() == null ? null : Ordered.setOf(listed(p.roles())),
                p.rootSubmissions(),
                p.filterGpuResources(),
                p.maxCompletedFrameworks(),
                p.maxCompletedTasksPerFramework(),
                p.maxUnreachableTasksPerFramework(),
                p.registryMaxAgentAge(),
                p.registryMaxAgentCount(),
                p.registryGcInterval(),
                defaults.heartbeatIntervalSeconds(),
                p.offerConstraintsRe2MaxProgramSize(),
                p.requireAgentDomain(),
                rate(p.agentRemovalRateLimit()));
    }

    private static @Nullable RateLimit rate(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split("/", 2);
        try {
            return new RateLimit(Integer.parseInt(parts[0]), MesosDuration.parse(parts[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new FlagsException(
                    "--agent_removal_rate_limit must be number/time, as 1/10mins; '" + text + "' is not.");
        }
    }

    private static List<String> listed(@Nullable String names) {
        return names == null ? List.of() : List.of(names.split("\\s*,\\s*"));
    }

    private static SequencedMap<String, Double> weights(@Nullable String text) {
        SequencedMap<String, Double> weights = new LinkedHashMap<>();
        for (String entry : text == null || text.isBlank() ? new String[0] : text.split("\\s*,\\s*")) {
            String[] pair = entry.split("=", 2);
            try {
                weights.put(pair[0], Double.valueOf(pair[1]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new FlagsException("--weights must be role=weight, separated by commas; '" + entry + "' is not.");
            }
        }
        return Ordered.copyOf(weights);
    }

    /** The writer's mailbox, which timers need before there is a writer. */
    private static final class MailboxOfWriter implements Mailbox {
        private volatile @Nullable Writer<MasterInput, Change.Durable, Effect> writer;

        @Override
        public boolean offer(MasterInput input) {
            var to = writer;
            return to != null && to.offer(input);
        }

        @Override
        public void put(MasterInput input) throws InterruptedException {
            var to = writer;
            if (to != null) {
                to.put(input);
            }
        }

        @Override
        public int waiting() {
            var to = writer;
            return to == null ? 0 : to.waiting();
        }

        void fire(WakeKey key) {
            try {
                put(new MasterInput.TimerFired(key));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the term ends, and its timers with it
            }
        }
    }

    /** All who look at steps. */
    private record Observers(List<Observer<MasterInput, Change.Durable, Effect>> observers)
            implements Observer<MasterInput, Change.Durable, Effect> {
        @Override
        public void stepped(Instant now, MasterInput input, Step<Change.Durable, Effect> step) {
            observers.forEach(observer -> observer.stepped(now, input, step));
        }

        @Override
        public void batchReleased() {
            observers.forEach(Observer::batchReleased);
        }
    }
}
