package org.nucleus.marathon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Credential;
import org.nucleus.access.Mechanism;
import org.nucleus.machine.Journal;
import org.nucleus.machine.TimerQueue;
import org.nucleus.machine.Writer;
import org.nucleus.marathon.access.Caller;
import org.nucleus.marathon.access.Users;
import org.nucleus.marathon.api.events.EventHub;
import org.nucleus.marathon.core.Marathon;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.Settings;
import org.nucleus.marathon.core.state.Snapshot;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.marathon.metrics.MarathonMetrics;
import org.nucleus.marathon.probe.Prober;
import org.nucleus.marathon.scheduler.SchedulerLink;
import org.nucleus.marathon.store.MarathonStore;
import org.nucleus.marathon.term.Leadership;
import org.nucleus.marathon.term.Mailbox;
import org.nucleus.marathon.term.Questions;
import org.nucleus.marathon.term.Releases;
import org.nucleus.marathon.term.RunningTerm;
import org.nucleus.marathon.term.Term;
import org.nucleus.marathon.view.ClusterView;
import org.nucleus.scheduler.SchedulerClient;
import org.nucleus.service.access.AccessRules;
import org.nucleus.service.flags.Exit;
import org.nucleus.service.leader.LeaderProxy;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.zookeeper.ZooKeeperUrl;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts Marathon's parts together: the only place that knows them all. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MarathonProperties.class)
class MarathonConfiguration {
    private static final int STORE_FAILED = 107;

    @Bean
    ClusterView clusterView() {
        return new ClusterView();
    }

    @Bean
    Questions questions() {
        return new Questions();
    }

    /** Absent where nobody is asked who they are. */
    private static @Nullable Users users(MarathonProperties flags) {
        if (flags.usersFile() != null) {
            return Users.read(flags.usersFile());
        }
        String pair = flags.httpCredentials();
        if (pair == null) {
            return null;
        }
        int colon = pair.indexOf(':');
        return Users.only(new Credential(pair.substring(0, Math.max(0, colon)), pair.substring(colon + 1)));
    }

    @Bean
    Caller caller(MarathonProperties flags) {
        return new Caller(Optional.ofNullable(users(flags)));
    }

    @Bean
    AccessRules accessRules(MarathonProperties flags) {
        Users users = users(flags);
        if (users == null) {
            return AccessRules.open();
        }
        return new AccessRules(
                users::credential,
                request -> isOpen(request.getRequestURI()) ? Optional.empty() : Optional.of(flags.httpRealm()));
    }

    private static boolean isOpen(String path) {
        return path.equals("/ping") || path.startsWith("/actuator");
    }

    @Bean(destroyMethod = "close")
    LeaderProxy leaderProxy(MarathonProperties flags) {
        return new LeaderProxy(flags.reachableHost() + ":" + flags.httpPort(), "X-Marathon-Via");
    }

    @Bean
    Leadership leadership(MarathonProperties flags, MarathonStore store, ClusterView view, Edge edge) {
        var settings = new Leadership.Settings(
                ZooKeeperUrl.parse(flags.zk()),
                flags.zkSessionTimeout(),
                flags.reachableHost() + ":" + flags.httpPort());
        return new Leadership(settings, () -> begin(flags, store, view, edge), edge.exit());
    }

    /** Those whom the machine speaks to besides the master. */
    record Edge(Questions questions, EventHub events, MarathonMetrics metrics, Exit exit) {}

    @Bean
    Edge edge(Questions questions, EventHub events, MarathonMetrics metrics, Exit exit) {
        return new Edge(questions, events, metrics, exit);
    }

    private static Term begin(MarathonProperties flags, MarathonStore store, ClusterView view, Edge edge) {
        long epoch = store.elected();
        Snapshot snapshot = store.recover();
        view.restore(snapshot);
        Mailbox mailbox = new Mailbox();
        var timers = new TimerQueue<TimerKey>(
                "marathon-timers", Clock.systemUTC(), key -> mailbox.accept(new MarathonInput.TimerFired(key)));
        SchedulerLink link = new SchedulerLink(client(flags), mailbox, roles -> framework(flags, view, roles));
        Prober prober = new Prober(mailbox);
        var writer = new Writer<>(
                new Marathon(settings(flags)),
                seenBy(view, store.journal(epoch)),
                new Releases(
                        edge.questions(), link, edge.events(), timers, new Releases.Sight(prober, view), edge.exit()),
                edge.metrics(),
                Clock.systemUTC(),
                Writer.Settings.named("marathon"),
                cause -> edge.exit().exit(exitCode(cause), String.valueOf(cause.getMessage())));
        mailbox.lead(writer);
        writer.start();
        timers.start();
        mailbox.accept(new MarathonInput.Elected(new SecureRandom().nextLong(), snapshot));
        link.start(() -> framework(flags, view, roles(flags, view)));
        return new RunningTerm(writer, timers, link, prober);
    }

    private static int exitCode(Throwable cause) {
        return cause instanceof Journal.Deposed ? Leadership.LOST : STORE_FAILED;
    }

    /** Readers see a change once it is stored, and before anyone is told of it. */
    private static Journal<Change.Durable> seenBy(ClusterView view, Journal<Change.Durable> journal) {
        return changes -> {
            journal.commit(changes);
            changes.forEach(view::apply);
        };
    }

    private static SchedulerClient.Settings client(MarathonProperties flags) {
        String principal = flags.mesosAuthenticationPrincipal();
        String secret = secret(flags);
        Optional<Credential> credential =
                principal == null || secret == null ? Optional.empty() : Optional.of(new Credential(principal, secret));
        return new SchedulerClient.Settings(
                flags.master(), credential, Mechanism.valueOf(flags.mesosAuthenticationMechanism()));
    }

    private static @Nullable String secret(MarathonProperties flags) {
        if (flags.mesosAuthenticationSecretFile() == null) {
            return flags.mesosAuthenticationSecret();
        }
        try {
            return Files.readString(flags.mesosAuthenticationSecretFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Settings settings(MarathonProperties flags) {
        return new Settings(
                flags.localPortMin(),
                flags.localPortMax(),
                flags.maxRunningDeployments(),
                flags.taskLaunchTimeout(),
                flags.reconciliationInterval(),
                flags.killRetryTimeout(),
                flags.mesosRole(),
                flags.labelChangesRestart(),
                flags.newGroupEnforceRole().equals("top"),
                new Settings.Matching(
                        flags.maxInstancesPerOffer(),
                        flags.declineOfferDuration(),
                        flags.minReviveOffersInterval(),
                        flags.softConstraintPatience(),
                        flags.gpuSchedulingBehavior().equals("restricted"),
                        flags.maintenanceMode(),
                        Duration.ofSeconds(flags.drainingSeconds())),
                new Settings.HealthKills(flags.killsPerBatch(), flags.killBatchDuration()),
                new Settings.Tasks(
                        flags.envVarsPrefix(), flags.mesosBridgeName(), flags.mesosAuthenticationPrincipal()));
    }

    /** The default role and those of all apps. */
    private static List<String> roles(MarathonProperties flags, ClusterView view) {
        Set<String> roles = new TreeSet<>();
        roles.add(flags.mesosRole());
        view.apps().forEach(app -> roles.add(app.role()));
        return List.copyOf(roles);
    }

    private static FrameworkInfo framework(MarathonProperties flags, ClusterView view, List<String> roles) {
        List<FrameworkInfo.Capability> capabilities = new ArrayList<>();
        capabilities.add(new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.PARTITION_AWARE));
        capabilities.add(new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.MULTI_ROLE));
        capabilities.add(new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.REGION_AWARE));
        capabilities.add(new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT));
        if (flags.features().contains("gpu_resources")) {
            capabilities.add(new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.GPU_RESOURCES));
        }
        if (flags.features().contains("task_killing")) {
            capabilities.add(new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.TASK_KILLING_STATE));
        }
        String here = "http://" + flags.reachableHost() + ":" + flags.httpPort();
        return FrameworkInfo.builder()
                .user(flags.taskUser())
                .name(flags.frameworkName())
                .id(view.frameworkId().map(FrameworkId::new).orElse(null))
                .failoverTimeout((double) flags.failoverTimeout())
                .checkpoint(true)
                .roles(roles)
                .hostname(flags.reachableHost())
                .principal(flags.mesosAuthenticationPrincipal())
                .webuiUrl(flags.webuiUrl() == null ? here : flags.webuiUrl())
                .capabilities(capabilities)
                .build();
    }
}
