package org.nucleus.marathon.core.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nucleus.marathon.core.launch.Fit.Look;
import org.nucleus.marathon.core.state.AgentFields;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.RejectReason;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TimerKey;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;

/** Whether an offer is of use to an instance, within one batch of offers. Source: mesos.RunSpecOfferMatcher. */
final class Fitting {
    private static final String GPU_LABEL = "GPU_SCHEDULING_BEHAVIOR";

    private final Frame frame;
    private final Map<AppPath, List<AgentFields>> placed = new LinkedHashMap<>();

    Fitting(Frame frame) {
        this.frame = frame;
    }

    Look look(OpenOffer open, App app, Instance waiting) {
        Offer offer = open.offer();
        if (!allocatedTo(offer, app.role())) {
            return Look.no(RejectReason.UNFULFILLED_ROLE, "it is for another role than " + app.role());
        }
        Optional<String> constraint = constraint(open, app, waiting);
        if (constraint.isPresent()) {
            return Look.no(RejectReason.UNFULFILLED_CONSTRAINT, constraint.get());
        }
        Instance.Home home = waiting.home();
        if (home != null && !home.agent().equals(offer.agentId().value())) {
            return Look.no(
                    RejectReason.NO_CORRESPONDING_RESERVATION_FOUND,
                    "the data of the instance is on agent " + home.agent());
        }
        if (isUnderMaintenance(offer)) {
            return Look.no(RejectReason.AGENT_MAINTENANCE, "the agent is to go down for maintenance");
        }
        Look look = Cutting.cut(open, app, waiting, frame);
        return look.fit() != null && isTooGood(open, app)
                ? Look.no(
                        RejectReason.DECLINED_SCARCE_RESOURCES, "the agent's GPUs are kept for those who ask for GPUs")
                : look;
    }

    private static boolean allocatedTo(Offer offer, String role) {
        Resource.AllocationInfo allocation = offer.allocationInfo();
        return allocation == null
                || allocation.role() == null
                || allocation.role().equals(role);
    }

    /** What speaks against the agent, in words. */
    private Optional<String> constraint(OpenOffer open, App app, Instance waiting) {
        List<Constraint> constraints = app.placement().constraints();
        Optional<String> abroad = abroad(constraints, open.agent());
        if (abroad.isPresent()) {
            return abroad;
        }
        if (app.daemon()
                && placed(app).stream()
                        .anyMatch(one -> one.host().equals(open.agent().host()))) {
            return Optional.of("the agent has its instance");
        }
        if (constraints.isEmpty()) {
            return Optional.empty();
        }
        Optional<Constraint> broken = rules(app).broken(constraints, open.agent());
        if (broken.isPresent()) {
            return Optional.of("constraint " + words(broken.get()) + " is not met by "
                    + open.agent().value(broken.get().field()).orElse("an agent without it"));
        }
        return patience(waiting, app, wishesBroken(open, app));
    }

    private static String words(Constraint constraint) {
        String value = constraint.value() == null ? "" : " " + constraint.value();
        return constraint.field() + " " + constraint.operator() + value;
    }

    /** Offers of other regions than the master's are for those who speak of regions. */
    private Optional<String> abroad(List<Constraint> constraints, AgentFields agent) {
        boolean speaks = constraints.stream()
                .anyMatch(one -> one.field().equals("@region") || one.field().equals("@zone"));
        String home = frame.state().region().orElse(null);
        return home == null
                        || agent.region() == null
                        || speaks
                        || agent.region().equals(home)
                ? Optional.empty()
                : Optional.of("the agent is in region " + agent.region() + ", and no constraint allows it");
    }

    /** How many soft constraints an instance on this agent would break. */
    int wishesBroken(OpenOffer open, App app) {
        return rules(app).wishesBroken(app.placement().constraints(), open.agent());
    }

    private Constraints rules(App app) {
        return new Constraints(placed(app), frame.state().agentsSeen(), app.instances());
    }

    private Optional<String> patience(Instance waiting, App app, int wishesBroken) {
        Duration patience = frame.state().settings().matching().softPatience();
        Instant end = waiting.scheduledAt().plus(patience);
        if (wishesBroken == 0 || !frame.now().isBefore(end)) {
            return Optional.empty();
        }
        frame.wake(new TimerKey.PatienceOver(app.id()), Duration.between(frame.now(), end));
        return Optional.of(wishesBroken + " soft constraints are not met; after " + patience.toSeconds()
                + " s of waiting they no longer count");
    }

    private boolean isUnderMaintenance(Offer offer) {
        var matching = frame.state().settings().matching();
        if (offer.unavailability() == null || !matching.avoidMaintenance()) {
            return false;
        }
        Instant start = Instant.EPOCH.plusNanos(offer.unavailability().start().nanoseconds());
        return !frame.now().plus(matching.drainBefore()).isBefore(start);
    }

    private boolean isTooGood(OpenOffer open, App app) {
        boolean restricted = frame.state().settings().matching().restrictGpus();
        String label = app.labels().get(GPU_LABEL);
        return (label == null ? restricted : label.equals("restricted"))
                && app.footprint().gpus() == 0
                && open.stock().has("gpus");
    }

    private List<AgentFields> placed(App app) {
        return placed.computeIfAbsent(app.id(), _ -> {
            List<AgentFields> found = new ArrayList<>();
            for (Instance instance : frame.state().instances(app.id())) {
                Run run = instance.run();
                if (run != null && instance.isActive() && app.isCurrent(instance)) {
                    found.add(AgentFields.of(run));
                }
            }
            return found;
        });
    }

    /** One more instance of {@code app} is on {@code agent} now. */
    void placed(App app, AgentFields agent) {
        List<AgentFields> known = placed.get(app.id());
        if (known != null) {
            known.add(agent);
        }
    }
}
