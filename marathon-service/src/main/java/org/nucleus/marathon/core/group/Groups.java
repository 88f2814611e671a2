package org.nucleus.marathon.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.nucleus.marathon.core.deployment.DependencyLayers;
import org.nucleus.marathon.core.deployment.DeploymentPlan;
import org.nucleus.marathon.core.deployment.Deployments;
import org.nucleus.marathon.core.launch.LaunchDelays;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Change.AppRemoved;
import org.nucleus.marathon.core.state.Change.AppStored;
import org.nucleus.marathon.core.state.Change.DeploymentStored;
import org.nucleus.marathon.core.state.Change.GroupRemoved;
import org.nucleus.marathon.core.state.Change.GroupStored;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.Effect.Reply;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonEvent.DeploymentInfo;
import org.nucleus.marathon.core.state.MarathonEvent.DeploymentStepFailed;
import org.nucleus.marathon.core.state.MarathonEvent.GroupChangeFailed;
import org.nucleus.marathon.core.state.MarathonEvent.GroupChanged;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.MarathonInput.KillTasks;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.marathon.core.state.PlanStep;
import org.nucleus.marathon.core.state.Version;

/** Changes of the tree: all edits of a request become one deployment, or none of them happens. */
public final class Groups {
    private final Deployments deployments;
    private final LaunchDelays delays;

    public Groups(Deployments deployments, LaunchDelays delays) {
        this.deployments = deployments;
        this.delays = delays;
    }

    /** A change that was checked: what shall be, and in which steps. */
    private record Plan(Draft draft, Version version, List<PlanStep> steps) {}

    /** @param mayExpire whether its apps' deadlines hold for it */
    private record Wish(
            List<Edit> edits, boolean force, List<InstanceId> sentenced, Origin origin, boolean mayExpire) {}

    /** Either a plan or what speaks against it. */
    private sealed interface Outcome {
        record Good(Plan plan) implements Outcome {}

        record Bad(Answer answer) implements Outcome {}
    }

    public void change(MarathonInput.Change in, Frame frame) {
        Answer answer = change(new Wish(in.edits(), in.force(), List.of(), in.origin(), true), frame);
        Audits.note(in, answer, frame);
        if (!(answer instanceof Answer.Deployed) && !(answer instanceof Answer.Stale)) {
            groups(in.edits())
                    .forEach(group -> frame.publish(
                            new GroupChangeFailed(frame.now(), group, frame.nextVersion(), Audits.outcome(answer))));
        }
        frame.emit(new Reply(in.token(), answer));
    }

    public void rehearse(MarathonInput.Rehearse in, Frame frame) {
        Answer answer = switch (plan(in.edits(), frame)) {
            case Outcome.Bad(var bad) -> bad;
            case Outcome.Good(var plan) ->
                new Answer.Rehearsed(plan.steps(), plan.draft().original, plan.draft().target);
        };
        frame.emit(new Reply(in.token(), answer));
    }

    /** Scales the apps of {@code victims} down by as many, and lets exactly these go. */
    public void killAndScale(KillTasks in, List<Instance> victims, Frame frame) {
        SequencedMap<AppPath, Integer> counts = new TreeMap<>();
        victims.forEach(victim -> counts.merge(victim.app(), 1, Integer::sum));
        List<Edit> edits = new ArrayList<>();
        counts.forEach((path, count) -> frame.state()
                .app(path)
                .ifPresent(app -> edits.add(
                        new Edit.PutApp(app.withInstances(Math.max(0, app.instances() - count)), app.version()))));
        List<InstanceId> sentenced = victims.stream().map(Instance::id).toList();
        Answer answer = change(new Wish(edits, in.how().force(), sentenced, in.origin(), true), frame);
        frame.emit(new Reply(in.token(), answer));
    }

    public void cancel(MarathonInput.Cancel in, Frame frame) {
        Deployment deployment = frame.state().deployment(in.deployment()).orElse(null);
        if (deployment == null) {
            String message = "DeploymentPlan " + in.deployment() + " does not exist";
            frame.emit(new Reply(in.token(), new Answer.NotFound(message)));
            return;
        }
        Answer answer = new Answer.Done();
        if (in.force()) {
            deployments.abandon(deployment, "The deployment has been cancelled", frame);
        } else {
            answer = rollBack(deployment, in.origin(), frame);
        }
        Audits.note(in, answer, frame);
        frame.emit(new Reply(in.token(), answer));
    }

    /** Ends the deployments that had their time, or whose tasks fail too often. */
    public void giveUp(Frame frame) {
        for (Deployment deployment : List.copyOf(frame.state().deployments())) {
            Optional<String> reason = GivingUp.reason(deployment, frame);
            if (reason.isEmpty()) {
                continue;
            }
            PlanStep step = deployment.step();
            if (step != null) {
                frame.publish(new DeploymentStepFailed(frame.now(), deployment, step));
            }
            if (GivingUp.rollsBack(deployment)) {
                rollBack(deployment, Origin.MARATHON, frame);
            } else {
                deployments.abandon(deployment, reason.get(), frame);
            }
        }
    }

    private Answer rollBack(Deployment deployment, Origin origin, Frame frame) {
        return change(new Wish(inverse(deployment, frame), true, List.of(), origin, false), frame);
    }

    /** Undoes what {@code deployment} changed, on today's tree. Source: DeploymentPlanReverter. */
    private static List<Edit> inverse(Deployment deployment, Frame frame) {
        List<Edit> edits = new ArrayList<>();
        deployment.original().values().forEach(app -> edits.add(new Edit.RestoreApp(app)));
        deployment.target().forEach((path, app) -> {
            boolean untouched = frame.state().app(path).filter(app::equals).isPresent();
            if (!deployment.original().containsKey(path) && untouched) {
                edits.add(new Edit.RemoveApp(path));
            }
        });
        return edits;
    }

    private Answer change(Wish wish, Frame frame) {
        return switch (plan(wish.edits(), frame)) {
            case Outcome.Bad(var answer) -> answer;
            case Outcome.Good(var plan) -> {
                List<String> conflicts = plan.draft().conflicts();
                if (!conflicts.isEmpty() && !wish.force()) {
                    yield new Answer.Locked(conflicts);
                }
                int most = frame.state().settings().maxRunningDeployments();
                if (frame.state().deployments().size() - conflicts.size() >= most) {
                    yield new Answer.TooManyDeployments(most);
                }
                yield deploy(plan, wish, conflicts, frame);
            }
        };
    }

    private Outcome plan(List<Edit> edits, Frame frame) {
        Version version = frame.nextVersion();
        Draft draft = new Draft(frame, version);
        for (Edit edit : edits) {
            Optional<Answer> refusal = draft.edit(edit);
            if (refusal.isPresent()) {
                return new Outcome.Bad(refusal.get());
            }
        }
        Optional<Answer> flaw = draft.flaw();
        if (flaw.isPresent()) {
            return new Outcome.Bad(flaw.get());
        }
        Optional<Map<AppPath, Integer>> layers = DependencyLayers.of(draft.apps, draft.groups);
        if (layers.isEmpty()) {
            return new Outcome.Bad(new Answer.Invalid("/", "Dependency graph has cyclic dependencies."));
        }
        return new Outcome.Good(new Plan(
                draft,
                version,
                DeploymentPlan.between(draft.original, draft.target, layers.get(), app -> isMixed(app, frame))));
    }

    private static boolean isMixed(App app, Frame frame) {
        return frame.state().instances(app.id()).stream()
                .anyMatch(instance -> instance.isActive() && !app.isCurrent(instance));
    }

    private Answer deploy(Plan plan, Wish wish, List<String> conflicts, Frame frame) {
        conflicts.forEach(id -> frame.state()
                .deployment(id)
                .ifPresent(old -> deployments.abandon(old, "The deployment was replaced by another one", frame)));
        store(plan.draft(), plan.version(), frame);
        Deployment deployment = new Deployment(
                frame.nextUuid(),
                plan.version(),
                plan.draft().original,
                plan.draft().target,
                plan.steps(),
                0,
                wish.sentenced(),
                wish.mayExpire() ? GivingUp.deadline(plan.draft().target, frame.now()) : null);
        frame.record(new DeploymentStored(deployment));
        GivingUp.watch(deployment, frame);
        groups(wish.edits()).forEach(group -> frame.publish(new GroupChanged(frame.now(), group, plan.version())));
        Tidings.publish(deployment, wish.origin(), frame);
        PlanStep first = deployment.step();
        if (first != null) {
            frame.publish(new DeploymentInfo(frame.now(), deployment, first));
        }
        deployments.advance(deployment, frame);
        return new Answer.Deployed(deployment.id(), plan.version());
    }

    private static List<AppPath> groups(List<Edit> edits) {
        return edits.stream().map(Edit::path).map(AppPath::parent).distinct().toList();
    }

    private void store(Draft draft, Version version, Frame frame) {
        draft.original.keySet().stream()
                .filter(path -> !draft.target.containsKey(path))
                .forEach(path -> frame.record(new AppRemoved(path, version)));
        draft.target.values().forEach(app -> {
            frame.record(new AppStored(app));
            App before = draft.original.get(app.id());
            if (before != null
                    && !before.versionInfo()
                            .lastConfigChangeAt()
                            .equals(app.versionInfo().lastConfigChangeAt())) {
                delays.reset(app.id(), frame);
            }
        });
        List<Change> changes = new ArrayList<>();
        frame.state().groups().keySet().stream()
                .filter(path -> !draft.groups.containsKey(path))
                .forEach(path -> changes.add(new GroupRemoved(path, version)));
        draft.groups.values().stream()
                .filter(group -> !group.equals(frame.state().groups().get(group.id())))
                .forEach(group -> changes.add(new GroupStored(group)));
        changes.forEach(frame::record);
    }
}
