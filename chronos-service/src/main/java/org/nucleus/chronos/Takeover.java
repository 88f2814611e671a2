package org.nucleus.chronos;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.nucleus.access.Credential;
import org.nucleus.chronos.core.Chronos;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.chronos.leader.Term;
import org.nucleus.chronos.metrics.ChronosMetrics;
import org.nucleus.chronos.notice.Channel;
import org.nucleus.chronos.notice.Channels;
import org.nucleus.chronos.notice.Postbox;
import org.nucleus.chronos.scheduler.SchedulerLink;
import org.nucleus.chronos.store.ChronosStore;
import org.nucleus.chronos.view.ChronosView;
import org.nucleus.machine.Writer;
import org.nucleus.scheduler.SchedulerClient;
import org.nucleus.service.flags.Exit;
import org.nucleus.service.flags.FlagsException;
import org.nucleus.wire.FrameworkInfo;

/** Begins terms of leadership: recovers what is stored, and makes the machine and what it speaks through. */
final class Takeover {
    private final ChronosProperties properties;
    private final ChronosStore store;
    private final ChronosMetrics metrics;
    private final Clock clock;
    private final Exit exit;
    private final List<Channel> channels;

    /** @throws FlagsException if a flag cannot be what it says */
    Takeover(ChronosProperties properties, ChronosStore store, ChronosMetrics metrics, Clock clock, Exit exit) {
        this.properties = properties;
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
        this.exit = exit;
        this.channels = Channels.of(properties);
    }

    Term begin() {
        SchedulerClient.Settings master = master();
        FrameworkInfo framework = framework();
        long epoch = store.elected();
        ChronosInput.Elected recovered = store.recover();
        ChronosView view = new ChronosView(recovered);
        Postbox postbox = postbox(epoch, view);
        Term term = new Term(
                view,
                clock,
                inputs -> new SchedulerLink(master, framework, inputs, reason -> exit.exit(1, reason)),
                outbound -> new Writer<>(
                        new Chronos(settings()),
                        changes -> {
                            store.commit(epoch, changes);
                            view.apply(changes);
                            postbox.committed(changes);
                        },
                        outbound,
                        metrics,
                        clock,
                        Writer.Settings.named("chronos"),
                        cause -> exit.exit(1, "The core ended: " + cause.getMessage())),
                postbox);
        term.begin(recovered);
        return term;
    }

    private Postbox postbox(long epoch, ChronosView view) {
        String cluster = properties.clusterName() == null ? "" : properties.clusterName();
        Postbox.Outbox outbox = new Postbox.Outbox() {
            @Override
            public List<Notice> notices(int most) {
                return store.notices(most);
            }

            @Override
            public void delivered(Notice notice) {
                store.delivered(epoch, notice);
            }
        };
        return new Postbox(outbox, channels, cluster, view::job, metrics::notice);
    }

    private ChronosSettings settings() {
        return new ChronosSettings(
                properties.mesosTaskCpu(),
                properties.mesosTaskMem(),
                properties.mesosTaskDisk(),
                properties.user(),
                properties.failureRetry(),
                properties.disableAfterFailures(),
                Duration.ofSeconds(properties.reconciliationInterval()),
                properties.declineOfferDuration().toMillis() / 1000.0,
                properties.historyRetention(),
                properties.historyCount(),
                properties.ownerLimit(),
                !channels.isEmpty());
    }

    private FrameworkInfo framework() {
        String hostname = ChronosConfiguration.hostname(properties);
        return FrameworkInfo.builder()
                .user(properties.user())
                .name(properties.mesosFrameworkName())
                .failoverTimeout(properties.failoverTimeout())
                .checkpoint(properties.mesosCheckpoint())
                .role(properties.mesosRole())
                .hostname(hostname)
                .principal(properties.mesosAuthenticationPrincipal())
                .webuiUrl(
                        properties.webuiUrl() == null
                                ? "http://" + hostname + ":" + properties.httpPort()
                                : properties.webuiUrl())
                .capabilities(List.of(new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.PARTITION_AWARE)))
                .build();
    }

    private SchedulerClient.Settings master() {
        Optional<Credential> credential = Optional.ofNullable(properties.mesosAuthenticationPrincipal())
                .map(principal -> new Credential(principal, secret(properties)));
        return new SchedulerClient.Settings(properties.master(), credential, properties.mesosAuthenticationMechanism());
    }

    static String secret(ChronosProperties properties) {
        if (properties.mesosAuthenticationSecret() != null) {
            return properties.mesosAuthenticationSecret();
        }
        if (properties.mesosAuthenticationSecretFile() == null) {
            throw new FlagsException("With --mesos_authentication_principal, set --mesos_authentication_secret_file.");
        }
        try {
            return Files.readString(properties.mesosAuthenticationSecretFile()).strip();
        } catch (IOException e) {
            throw new FlagsException("Cannot read the secret in " + properties.mesosAuthenticationSecretFile() + ".");
        }
    }
}
