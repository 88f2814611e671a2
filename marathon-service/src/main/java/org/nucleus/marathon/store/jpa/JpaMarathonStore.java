package org.nucleus.marathon.store.jpa;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nucleus.machine.Journal;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Change.LaunchDelay;
import org.nucleus.marathon.core.state.Failure;
import org.nucleus.marathon.core.state.Group;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.Snapshot;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.store.MarathonStore;
import org.nucleus.marathon.store.StoredAudit;
import org.nucleus.marathon.store.StoredEvent;
import org.nucleus.marathon.store.Tree;
import org.nucleus.service.store.FencedStore;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Marathon's memory in PostgreSQL: one transaction per batch of changes, fenced by the term. */
@Component
class JpaMarathonStore implements MarathonStore {
    private static final int REVISIONS_KEPT = 50;
    private static final String FRAMEWORK_ID = "framework_id";

    private final FencedStore fenced;
    private final Tables tables;

    /** All tables, as one collaborator. */
    @Component
    record Tables(
            Rows.Apps apps,
            Rows.Revisions revisions,
            Rows.GroupRows groups,
            Rows.GroupRevisions groupRevisions,
            Rows.Delays delays,
            Rows.Instances instances,
            Rows.Deployments deployments,
            Rows.Failures failures,
            Rows.Settings settings,
            EventLog log) {}

    JpaMarathonStore(FencedStore fenced, Tables tables) {
        this.fenced = fenced;
        this.tables = tables;
    }

    @Override
    public long elected() {
        return fenced.elected();
    }

    @Override
    public Snapshot recover() {
        return new Snapshot(
                tables.settings().findById(FRAMEWORK_ID).map(SettingRow::body),
                read(tables.apps().findAll(), App.class),
                read(tables.groups().findAll(), Group.class),
                read(tables.instances().findAll(), Instance.class),
                tables.deployments().findAllByOrderByStarted().stream()
                        .map(row -> Documents.readDeployment(row.body()))
                        .toList(),
                read(tables.failures().findAll(), Failure.class),
                delays(),
                tables.log().lastId());
    }

    private Map<AppPath, LaunchDelay> delays() {
        Map<AppPath, LaunchDelay> delays = new TreeMap<>();
        tables.delays()
                .findAll()
                .forEach(row -> delays.put(new AppPath(row.key()), Documents.read(row.body(), LaunchDelay.class)));
        return delays;
    }

    @Override
    public Journal<Change.Durable> journal(long epoch) {
        return changes -> fenced.inTerm(epoch, () -> new Commit().store(changes));
    }

    @Override
    public List<Version> versions(AppPath app) {
        return tables
                .revisions()
                .findByPathAndBodyNotNullOrderByVersionDesc(app.value(), Limit.of(REVISIONS_KEPT))
                .stream()
                .map(row -> new Version(row.version()))
                .toList();
    }

    @Override
    public Optional<App> revision(AppPath app, Version version) {
        return tables.revisions()
                .findById(new AppRevisionRow(app.value(), version.at(), "").key())
                .map(AppRevisionRow::body)
                .map(body -> Documents.read(body, App.class));
    }

    @Override
    public List<Version> treeVersions(AppPath group) {
        return tables.revisions().treeVersions(below(group), group.value()).stream()
                .map(Version::new)
                .toList();
    }

    @Override
    public Tree tree(AppPath group, Version version) {
        List<App> apps = tables.revisions().treeAt(below(group), version.at()).stream()
                .filter(row -> row.body() != null)
                .map(row -> Documents.read(row.body(), App.class))
                .toList();
        List<Group> groups = tables.groupRevisions().treeAt(below(group), group.value(), version.at()).stream()
                .filter(row -> row.body() != null)
                .map(row -> Documents.read(row.body(), Group.class))
                .toList();
        return new Tree(apps, groups);
    }

    /** How the paths below {@code group} begin. */
    private static String below(AppPath group) {
        return group.isRoot() ? "/" : group.value() + "/";
    }

    @Override
    public List<StoredEvent> eventsAfter(long id, int most) {
        return tables.log().after(id, most);
    }

    @Override
    public List<StoredEvent> history(AppPath app, int most) {
        return tables.log().of(app, most);
    }

    @Override
    public List<StoredAudit> audits(int most) {
        return tables.log().audits(most);
    }

    private static <T> List<T> read(List<? extends Row<?>> rows, Class<T> type) {
        return rows.stream().map(row -> Documents.read(row.body(), type)).toList();
    }

    /** One batch of changes on its way to the tables. */
    private final class Commit {
        private final Batch<AppRow> apps = new Batch<>();
        private final Batch<AppRevisionRow> revisions = new Batch<>();
        private final Batch<GroupRow> groups = new Batch<>();
        private final Batch<InstanceRow> instances = new Batch<>();
        private final Batch<DeploymentRow> deployments = new Batch<>();
        private final Batch<FailureRow> failures = new Batch<>();
        private final Batch<SettingRow> settings = new Batch<>();
        private final Batch<GroupRevisionRow> groupRevisions = new Batch<>();
        private final Batch<DelayRow> delays = new Batch<>();

        void store(List<Change.Durable> changes) {
            changes.forEach(this::take);
            apps.flush(tables.apps());
            revisions.flush(tables.revisions());
            groups.flush(tables.groups());
            instances.flush(tables.instances());
            deployments.flush(tables.deployments());
            failures.flush(tables.failures());
            settings.flush(tables.settings());
            groupRevisions.flush(tables.groupRevisions());
            delays.flush(tables.delays());
            tables.log().add(changes);
            changes.forEach(this::prune);
        }

        private void take(Change.Durable change) {
            switch (change) {
                case Change.FrameworkIdGiven(var id) -> settings.put(new SettingRow(FRAMEWORK_ID, id));
                case Change.FrameworkIdForgotten() -> settings.remove(FRAMEWORK_ID);
                case Change.AppStored(var app) -> take(app);
                case Change.AppRemoved(var app, var at) -> {
                    revisions.put(new AppRevisionRow(app.value(), at.at(), null));
                    apps.remove(app.value());
                    failures.remove(app.value());
                }
                case Change.GroupStored(var group) -> {
                    String path = group.id().value();
                    groups.put(new GroupRow(path, Documents.write(group)));
                    groupRevisions.put(
                            new GroupRevisionRow(path, group.version().at(), Documents.write(group)));
                }
                case Change.GroupRemoved(var group, var at) -> {
                    groups.remove(group.value());
                    groupRevisions.put(new GroupRevisionRow(group.value(), at.at(), null));
                }
                case Change.InstanceStored(var instance) -> take(instance);
                case Change.InstanceForgotten(var ignored, var id) -> instances.remove(id.value());
                case Change.DeploymentStored(var deployment) ->
                    deployments.put(new DeploymentRow(
                            deployment.id(), deployment.version().at(), Documents.write(deployment)));
                case Change.DeploymentEnded(var id) -> deployments.remove(id);
                case Change.LaunchDelayed(var app, var delay) ->
                    delays.put(new DelayRow(app.value(), Documents.write(delay)));
                case Change.LaunchDelayReset(var app) -> delays.remove(app.value());
                case Change.Told _, Change.Audited _ -> {
                    // added to the log as they come
                }
                case Change.TaskFailed(var failure) ->
                    failures.put(new FailureRow(failure.app().value(), Documents.write(failure)));
            }
        }

        private void take(App app) {
            String body = Documents.write(app);
            apps.put(new AppRow(app.id().value(), app.version().at(), body));
            revisions.put(new AppRevisionRow(app.id().value(), app.version().at(), body));
        }

        private void take(Instance instance) {
            instances.put(new InstanceRow(
                    instance.id().value(),
                    instance.app().value(),
                    instance.goal().name(),
                    instance.condition().name(),
                    Documents.write(instance)));
        }

        private void prune(Change.Durable change) {
            if (change instanceof Change.AppStored(var app)) {
                tables.revisions().prune(app.id().value(), REVISIONS_KEPT);
            }
        }
    }
}
