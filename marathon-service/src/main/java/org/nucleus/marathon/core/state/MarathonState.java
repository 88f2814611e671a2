package org.nucleus.marathon.core.state;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Invariant;
import org.nucleus.marathon.core.state.Change.AgentSeen;
import org.nucleus.marathon.core.state.Change.AppRemoved;
import org.nucleus.marathon.core.state.Change.AppStored;
import org.nucleus.marathon.core.state.Change.Audited;
import org.nucleus.marathon.core.state.Change.CheckSeen;
import org.nucleus.marathon.core.state.Change.Connected;
import org.nucleus.marathon.core.state.Change.DeploymentEnded;
import org.nucleus.marathon.core.state.Change.DeploymentFailureCounted;
import org.nucleus.marathon.core.state.Change.DeploymentStored;
import org.nucleus.marathon.core.state.Change.FrameworkIdForgotten;
import org.nucleus.marathon.core.state.Change.FrameworkIdGiven;
import org.nucleus.marathon.core.state.Change.GroupRemoved;
import org.nucleus.marathon.core.state.Change.GroupStored;
import org.nucleus.marathon.core.state.Change.HealthKilled;
import org.nucleus.marathon.core.state.Change.HealthSeen;
import org.nucleus.marathon.core.state.Change.InstanceForgotten;
import org.nucleus.marathon.core.state.Change.InstanceStored;
import org.nucleus.marathon.core.state.Change.LaunchDelay;
import org.nucleus.marathon.core.state.Change.LaunchDelayReset;
import org.nucleus.marathon.core.state.Change.LaunchDelayed;
import org.nucleus.marathon.core.state.Change.OfferTallied;
import org.nucleus.marathon.core.state.Change.OfferTallyDropped;
import org.nucleus.marathon.core.state.Change.OffersAsked;
import org.nucleus.marathon.core.state.Change.RandomDrawn;
import org.nucleus.marathon.core.state.Change.ReadinessSeen;
import org.nucleus.marathon.core.state.Change.RolesAsked;
import org.nucleus.marathon.core.state.Change.TaskFailed;
import org.nucleus.marathon.core.state.Change.Told;
import org.nucleus.marathon.core.state.Change.VersionTaken;

/** Everything Marathon's core knows. Changed by {@link Frame} alone; rules read it. */
public final class MarathonState {
    private static final int AGENTS_MOST = 100_000;

    private final Settings settings;
    private final NavigableMap<AppPath, App> apps = new TreeMap<>();
    private final NavigableMap<AppPath, Group> groups = new TreeMap<>();
    private final NavigableMap<AppPath, SequencedMap<InstanceId, Instance>> instances = new TreeMap<>();
    private final SequencedMap<InstanceId, AppPath> homes = new LinkedHashMap<>();
    private final NavigableMap<AppPath, SequencedSet<InstanceId>> waiting = new TreeMap<>();
    private final SequencedMap<String, Deployment> deployments = new LinkedHashMap<>();
    private final SequencedMap<AppPath, Failure> failures = new TreeMap<>();
    private final SequencedMap<AppPath, LaunchDelay> delays = new TreeMap<>();
    private final SequencedMap<AppPath, OfferTally> tallies = new TreeMap<>();
    private final SequencedMap<HealthKey, Health> health = new LinkedHashMap<>();
    private final SequencedMap<InstanceId, Readiness> readiness = new LinkedHashMap<>();
    private final SequencedMap<InstanceId, CheckSeen> checks = new LinkedHashMap<>();
    private final SequencedMap<String, AgentFields> agents = new LinkedHashMap<>();
    private final SequencedMap<String, Integer> deploymentFailures = new LinkedHashMap<>();
    private final Deque<Instant> healthKills = new ArrayDeque<>();
    private @Nullable String frameworkId;
    private @Nullable String region;
    private List<String> roles = List.of();
    private long lastEvent;
    private boolean connected;
    private OffersAsked offers = new OffersAsked(true, false, null, 0);
    private long random;
    private Version lastVersion = Version.NONE;

    private record HealthKey(InstanceId instance, int check) {}

    public MarathonState(Settings settings) {
        this.settings = settings;
    }

    /** Fills a fresh state with what was stored. */
    public void restore(Snapshot stored, long seed) {
        Invariant.check(apps.isEmpty() && homes.isEmpty(), "restored twice");
        random = seed;
        frameworkId = stored.frameworkId().orElse(null);
        stored.apps().forEach(app -> apply(new AppStored(app)));
        stored.groups().forEach(group -> apply(new GroupStored(group)));
        stored.instances().forEach(instance -> apply(new InstanceStored(instance)));
        stored.deployments().forEach(deployment -> apply(new DeploymentStored(deployment)));
        stored.failures().forEach(failure -> apply(new TaskFailed(failure)));
        stored.delays().forEach((app, delay) -> apply(new LaunchDelayed(app, delay)));
        lastEvent = stored.lastEvent();
    }

    public Settings settings() {
        return settings;
    }

    public Optional<App> app(AppPath path) {
        return Optional.ofNullable(apps.get(path));
    }

    public NavigableMap<AppPath, App> apps() {
        return Collections.unmodifiableNavigableMap(apps);
    }

    public NavigableMap<AppPath, Group> groups() {
        return Collections.unmodifiableNavigableMap(groups);
    }

    public Optional<Instance> instance(InstanceId id) {
        AppPath home = homes.get(id);
        SequencedMap<InstanceId, Instance> some = home == null ? null : instances.get(home);
        return some == null ? Optional.empty() : Optional.ofNullable(some.get(id));
    }

    /** A copy: callers change instances while they walk. */
    public List<Instance> instances(AppPath app) {
        SequencedMap<InstanceId, Instance> found = instances.get(app);
        return found == null ? List.of() : new ArrayList<>(found.values());
    }

    /** A copy of all instances. */
    public List<Instance> instances() {
        List<Instance> all = new ArrayList<>(homes.size());
        instances.values().forEach(some -> all.addAll(some.values()));
        return all;
    }

    public Collection<AppPath> appsWithInstances() {
        return List.copyOf(instances.keySet());
    }

    /** Apps of which instances wait to be launched, in the order of their paths. */
    public Collection<AppPath> appsThatWait() {
        return Collections.unmodifiableCollection(waiting.keySet());
    }

    public List<InstanceId> waiting(AppPath app) {
        SequencedSet<InstanceId> found = waiting.get(app);
        return found == null ? List.of() : List.copyOf(found);
    }

    /** The one of {@code app} that waits longest. */
    public Optional<Instance> nextWaiting(AppPath app) {
        SequencedSet<InstanceId> found = waiting.get(app);
        return found == null ? Optional.empty() : instance(found.getFirst());
    }

    public boolean waits(AppPath app) {
        return waiting.containsKey(app);
    }

    /** The definition that {@code instance} runs: today's, or the one that a deployment is about to replace. */
    public Optional<App> definition(Instance instance) {
        App now = apps.get(instance.app());
        if (now != null && now.isCurrent(instance)) {
            return Optional.of(now);
        }
        return deploymentOf(instance.app())
                .map(deployment -> deployment.original().get(instance.app()))
                .filter(before -> before.isCurrent(instance));
    }

    public SequencedCollection<Deployment> deployments() {
        return Collections.unmodifiableSequencedCollection(deployments.sequencedValues());
    }

    public Optional<Deployment> deployment(String id) {
        return Optional.ofNullable(deployments.get(id));
    }

    public Optional<Deployment> deploymentOf(AppPath app) {
        return deployments.values().stream()
                .filter(deployment -> deployment.affects(app))
                .findFirst();
    }

    public Optional<LaunchDelay> delay(AppPath app) {
        return Optional.ofNullable(delays.get(app));
    }

    public OfferTally tally(AppPath app) {
        return tallies.getOrDefault(app, OfferTally.none());
    }

    public Health health(Instance instance, int check) {
        Health found = health.get(new HealthKey(instance.id(), check));
        return found == null || found.incarnation() != instance.incarnation()
                ? Health.unknown(instance.incarnation())
                : found;
    }

    /** What its readiness check has found; absent before its first answer. */
    public Optional<Readiness> readiness(Instance instance) {
        return Optional.ofNullable(readiness.get(instance.id()))
                .filter(seen -> seen.incarnation() == instance.incarnation());
    }

    /** How often tasks of what {@code deployment} deploys have failed. */
    public int failures(Deployment deployment) {
        return deploymentFailures.getOrDefault(deployment.id(), 0);
    }

    /** How many instances were killed for their health since {@code when}. */
    public long healthKillsSince(Instant when) {
        return healthKills.stream().filter(when::isBefore).count();
    }

    /** The agents that offers came from, and where they stand; those of this term. */
    public Collection<AgentFields> agentsSeen() {
        return Collections.unmodifiableCollection(agents.values());
    }

    public boolean hasSeen(String agent, AgentFields fields) {
        return fields.equals(agents.get(agent));
    }

    /** The region of the master; absent if it has none. */
    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /** The roles that were last asked for, besides the default. */
    public List<String> roles() {
        return roles;
    }

    long lastEvent() {
        return lastEvent;
    }

    public Optional<String> frameworkId() {
        return Optional.ofNullable(frameworkId);
    }

    public boolean isConnected() {
        return connected;
    }

    public OffersAsked offers() {
        return offers;
    }

    long random() {
        return random;
    }

    Version lastVersion() {
        return lastVersion;
    }

    void apply(Change change) {
        switch (change) {
            case Change.Durable durable -> applyDurable(durable);
            case Change.Fleeting fleeting -> applyFleeting(fleeting);
        }
    }

    private void applyDurable(Change.Durable change) {
        switch (change) {
            case FrameworkIdGiven(var id) -> frameworkId = id;
            case FrameworkIdForgotten() -> frameworkId = null;
            case AppStored(var app) -> {
                apps.put(app.id(), app);
                lastVersion = later(app.version());
            }
            case AppRemoved(var app, var at) -> {
                lastVersion = later(at);
                apps.remove(app);
                failures.remove(app);
            }
            case GroupStored(var group) -> groups.put(group.id(), group);
            case GroupRemoved(var group, var ignored) -> groups.remove(group);
            case InstanceStored(var instance) -> put(instance);
            case InstanceForgotten(var app, var id) -> forget(app, id);
            case DeploymentStored(var deployment) -> {
                deployments.put(deployment.id(), deployment);
                lastVersion = later(deployment.version());
            }
            case DeploymentEnded(var id) -> {
                deployments.remove(id);
                deploymentFailures.remove(id);
            }
            case TaskFailed(var failure) -> failures.put(failure.app(), failure);
            case LaunchDelayed(var app, var delay) -> delays.put(app, delay);
            case LaunchDelayReset(var app) -> delays.remove(app);
            case Told(var id, var ignored) -> lastEvent = id;
            case Audited _ -> {
                // for people to read
            }
        }
    }

    private void applyFleeting(Change.Fleeting change) {
        switch (change) {
            case RandomDrawn(var next) -> random = next;
            case VersionTaken(var version) -> lastVersion = later(version);
            case Connected(var now, var where) -> {
                connected = now;
                region = where == null ? region : where;
            }
            case OffersAsked asked -> offers = asked;
            case OfferTallied(var app, var tally) -> tallies.put(app, tally);
            case OfferTallyDropped(var app) -> tallies.remove(app);
            case HealthSeen(var instance, var check, var seen) -> health.put(new HealthKey(instance, check), seen);
            case ReadinessSeen(var instance, var seen) -> readiness.put(instance, seen);
            case CheckSeen seen -> checks.put(seen.instance(), seen);
            case AgentSeen(var agent, var fields) -> see(agent, fields);
            case HealthKilled(var at) -> {
                healthKills.add(at);
                if (healthKills.size() > settings.healthKills().most()) {
                    healthKills.remove();
                }
            }
            case RolesAsked(var asked) -> roles = asked;
            case DeploymentFailureCounted(var id, var count) -> deploymentFailures.put(id, count);
        }
    }

    private void see(String agent, AgentFields fields) {
        agents.putLast(agent, fields);
        if (agents.size() > AGENTS_MOST) {
            agents.pollFirstEntry();
        }
    }

    private Version later(Version version) {
        return version.compareTo(lastVersion) > 0 ? version : lastVersion;
    }

    private void put(Instance instance) {
        instances.computeIfAbsent(instance.app(), _ -> new LinkedHashMap<>()).put(instance.id(), instance);
        homes.put(instance.id(), instance.app());
        if (instance.waits()) {
            waiting.computeIfAbsent(instance.app(), _ -> new LinkedHashSet<>()).add(instance.id());
        } else {
            stopWaiting(instance.app(), instance.id());
        }
    }

    private void forget(AppPath app, InstanceId id) {
        homes.remove(id);
        SequencedMap<InstanceId, Instance> some = instances.get(app);
        if (some != null) {
            Instance gone = some.remove(id);
            if (gone != null) {
                app(app).ifPresent(known -> forgetHealth(known, id));
                readiness.remove(id);
                checks.remove(id);
            }
            if (some.isEmpty()) {
                instances.remove(app);
            }
        }
        stopWaiting(app, id);
    }

    private void forgetHealth(App app, InstanceId id) {
        for (int check = 0; check < app.healthChecks().size(); check++) {
            health.remove(new HealthKey(id, check));
        }
    }

    private void stopWaiting(AppPath app, InstanceId id) {
        SequencedSet<InstanceId> some = waiting.get(app);
        if (some != null && some.remove(id) && some.isEmpty()) {
            waiting.remove(app);
            tallies.remove(app);
        }
    }
}
