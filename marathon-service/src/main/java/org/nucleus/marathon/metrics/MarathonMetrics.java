package org.nucleus.marathon.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.view.ClusterView;
import org.nucleus.wire.Offer;
import org.nucleus.wire.scheduler.Call;
import org.springframework.stereotype.Component;

/** Counters of what left and what came, gauges of what there is; named as in Marathon 1.11. */
@Component
public final class MarathonMetrics implements Observer<MarathonInput, Change.Durable, Effect> {
    private final MeterRegistry registry;
    private final Instant begin = Instant.now();

    MarathonMetrics(MeterRegistry registry, ClusterView view) {
        this.registry = registry;
        Gauge.builder(
                        "marathon.apps.active.gauge",
                        view,
                        seen -> seen.apps().stream().filter(app -> !app.isPod()).count())
                .register(registry);
        Gauge.builder(
                        "marathon.deployments.active.gauge",
                        view,
                        seen -> seen.deployments().size())
                .register(registry);
        Gauge.builder(
                        "marathon.groups.active.gauge",
                        view,
                        seen -> seen.groups().size() + 1)
                .register(registry);
        Gauge.builder(
                        "marathon.pods.active.gauge",
                        view,
                        seen -> seen.apps().stream().filter(App::isPod).count())
                .register(registry);
        Gauge.builder("marathon.instances.inflight-kills.gauge", view, MarathonMetrics::dying)
                .register(registry);
        Gauge.builder(
                        "marathon.uptime.gauge.seconds",
                        this,
                        self -> Duration.between(self.begin, Instant.now()).toSeconds())
                .register(registry);
        Gauge.builder("marathon.instances.running.gauge", view, seen -> count(seen, true))
                .register(registry);
        Gauge.builder("marathon.instances.staged.gauge", view, seen -> count(seen, false))
                .register(registry);
    }

    private static double dying(ClusterView view) {
        return view.apps().stream()
                .flatMap(app -> view.instances(app.id()).stream())
                .filter(instance -> instance.killedAt() != null)
                .count();
    }

    private static double count(ClusterView view, boolean running) {
        long count = 0;
        for (App app : view.apps()) {
            count += view.instances(app.id()).stream()
                    .filter(instance -> isCounted(instance, running))
                    .count();
        }
        return count;
    }

    private static boolean isCounted(Instance instance, boolean running) {
        Condition condition = instance.condition();
        return running
                ? condition == Condition.RUNNING
                : condition == Condition.PROVISIONED
                        || condition == Condition.STAGING
                        || condition == Condition.STARTING;
    }

    @Override
    public void stepped(Instant now, MarathonInput input, Step<Change.Durable, Effect> step) {
        switch (input) {
            case MarathonInput.Offered(var offers) -> add("marathon.mesos.offers.incoming.counter", offers.size());
            case MarathonInput.Updated(var status) ->
                add(
                        "marathon.mesos.task-updates."
                                + status.state().name().toLowerCase(Locale.ROOT).replace('_', '-') + ".counter",
                        1);
            default -> {
                // counted by what leaves
            }
        }
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.SendCall(var call)) {
                sent(call);
            }
        }
        for (Change.Durable change : step.durable()) {
            if (change instanceof Change.DeploymentEnded) {
                add("marathon.deployments.counter", 1);
            }
        }
    }

    private void sent(Call call) {
        if (call.accept() != null) {
            add("marathon.mesos.offers.used.counter", call.accept().offerIds().size());
            call.accept().operations().forEach(this::operation);
        } else if (call.decline() != null) {
            add(
                    "marathon.mesos.offers.declined.counter",
                    call.decline().offerIds().size());
        } else if (call.type() == Call.Type.REVIVE) {
            add("marathon.mesos.calls.revive.counter", 1);
        } else if (call.type() == Call.Type.SUPPRESS) {
            add("marathon.mesos.calls.suppress.counter", 1);
        }
    }

    private void operation(Offer.Operation operation) {
        if (operation.launch() != null) {
            add("marathon.mesos.offer-operations.launch.counter", 1);
            add(
                    "marathon.tasks.launched.counter",
                    operation.launch().taskInfos().size());
        } else if (operation.launchGroup() != null) {
            add("marathon.mesos.offer-operations.launch-group.counter", 1);
            add(
                    "marathon.tasks.launched.counter",
                    operation.launchGroup().taskGroup().tasks().size());
        } else if (operation.reserve() != null) {
            add("marathon.mesos.offer-operations.reserve.counter", 1);
        }
    }

    private void add(String name, double amount) {
        registry.counter(name).increment(amount);
    }
}
