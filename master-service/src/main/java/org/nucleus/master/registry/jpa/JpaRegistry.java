package org.nucleus.master.registry.jpa;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nucleus.machine.Journal;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.RegistrySnapshot;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.master.core.state.RegistrySnapshot.Standing;
import org.nucleus.master.registry.Registry;
import org.nucleus.service.store.FencedStore;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.codec.JsonCodec;
import org.springframework.stereotype.Component;

/** The registry in the service's schema: one transaction per commit, which asserts its term first. */
@Component
final class JpaRegistry implements Registry {
    private static final JsonCodec JSON = JsonCodec.v1();

    private final FencedStore store;
    private final AgentRows agents;
    private final FrameworkRows frameworks;
    private final StoredTasks tasks;
    private final DecreeRows decrees;

    JpaRegistry(FencedStore store, AgentRows agents, FrameworkRows frameworks, StoredTasks tasks, DecreeRows decrees) {
        this.store = store;
        this.agents = agents;
        this.frameworks = frameworks;
        this.tasks = tasks;
        this.decrees = decrees;
    }

    @Override
    public long elected() {
        return store.elected();
    }

    @Override
    public RegistrySnapshot recover() {
        return store.read(() -> new RegistrySnapshot(
                agents.findAllByOrderByRegisteredAtAscIdAsc().stream()
                        .map(JpaRegistry::agent)
                        .toList(),
                frameworks.findAllByOrderByRegisteredAtAscIdAsc().stream()
                        .map(JpaRegistry::framework)
                        .toList(),
                tasks.running(),
                tasks.completed(),
                StoredPolicy.read(decrees.findAllByOrderById())));
    }

    @Override
    public Journal<Change.Durable> journal(long epoch) {
        return changes -> store.inTerm(epoch, () -> new Commit(changes).store());
    }

    private static KnownAgent agent(AgentRow row) {
        List<AgentInfo.Capability> capabilities = words(row.capabilities)
                .map(name -> new AgentInfo.Capability(AgentInfo.Capability.Type.valueOf(name)))
                .toList();
        return new KnownAgent(
                decode(row.info, AgentInfo.class),
                row.version,
                capabilities,
                row.registeredAt,
                Standing.valueOf(row.standing),
                row.standingSince);
    }

    private static KnownFramework framework(FrameworkRow row) {
        return new KnownFramework(
                decode(row.info, FrameworkInfo.class),
                words(row.suppressedRoles).toList(),
                row.registeredAt,
                row.reregisteredAt,
                row.failoverDeadline,
                row.completedAt);
    }

    private static <T extends Record> T decode(String json, Class<T> type) {
        return JSON.decode(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static Stream<String> words(String joined) {
        return joined.isEmpty() ? Stream.empty() : Arrays.stream(joined.split(" "));
    }

    /** One commit: the rows it touches, and what becomes of them. */
    private final class Commit {
        private final List<Change.Durable> changes;
        private final RowBatch<AgentRow> agentRows;
        private final RowBatch<FrameworkRow> frameworkRows;
        private final StoredTasks.Batch taskRows;
        private final RowBatch<DecreeRow> decreeRows;

        Commit(List<Change.Durable> changes) {
            this.changes = changes;
            Set<String> agentIds = new LinkedHashSet<>();
            Set<String> frameworkIds = new LinkedHashSet<>();
            changes.forEach(change -> touch(change, agentIds, frameworkIds));
            agentRows = new RowBatch<>(agents, AgentRow::new, agentIds);
            frameworkRows = new RowBatch<>(frameworks, FrameworkRow::new, frameworkIds);
            taskRows = tasks.new Batch();
            decreeRows = new RowBatch<>(decrees, DecreeRow::new, decreeIds(changes));
        }

        void store() {
            changes.forEach(this::apply);
            agentRows.flush();
            frameworkRows.flush();
            taskRows.flush();
            decreeRows.flush();
        }

        private static Set<String> decreeIds(List<Change.Durable> changes) {
            Set<String> ids = new LinkedHashSet<>();
            for (Change.Durable change : changes) {
                if (change instanceof Change.Decree decree) {
                    ids.add(StoredPolicy.rowOf(decree));
                }
            }
            return ids;
        }

        private void touch(Change.Durable change, Set<String> agentIds, Set<String> frameworkIds) {
            switch (change) {
                case Change.AgentAdmitted admitted -> agentIds.add(id(admitted.agent()));
                case Change.AgentUnreachable unreachable ->
                    agentIds.add(unreachable.agent().value());
                case Change.AgentGone gone -> agentIds.add(gone.agent().value());
                case Change.AgentRemoved removed -> agentIds.add(removed.agent().value());
                case Change.AgentForgotten forgotten ->
                    agentIds.add(forgotten.agent().value());
                case Change.FrameworkStored stored -> frameworkIds.add(id(stored.framework()));
                case Change.FrameworkDisconnected gone ->
                    frameworkIds.add(gone.framework().value());
                case Change.FrameworkCompleted completed ->
                    frameworkIds.add(completed.framework().value());
                case Change.FrameworkForgotten forgotten ->
                    frameworkIds.add(forgotten.framework().value());
                case Change.RolesSuppressed suppressed ->
                    frameworkIds.add(suppressed.framework().value());
                case Change.Decree _ -> {
                    // their rows are collected apart
                }
                case Change.TaskAdded _,
                        Change.TaskMoved _,
                        Change.TaskUnreachable _,
                        Change.TaskCompleted _,
                        Change.TaskForgotten _ -> {
                    // tasks are written without being read
                }
            }
        }

        private void apply(Change.Durable change) {
            switch (change) {
                case Change.AgentAdmitted admitted -> write(admitted.agent());
                case Change.AgentUnreachable in -> stand(in.agent().value(), Standing.UNREACHABLE, in.at());
                case Change.AgentGone in -> stand(in.agent().value(), Standing.GONE, in.at());
                case Change.AgentRemoved removed ->
                    agentRows.delete(removed.agent().value());
                case Change.AgentForgotten forgotten ->
                    agentRows.delete(forgotten.agent().value());
                case Change.FrameworkStored stored -> write(stored.framework());
                case Change.FrameworkDisconnected in ->
                    frameworkRows
                            .find(in.framework().value())
                            .ifPresent(row -> row.failoverDeadline = in.failoverDeadline());
                case Change.FrameworkCompleted in ->
                    frameworkRows.find(in.framework().value()).ifPresent(row -> row.completedAt = in.at());
                case Change.FrameworkForgotten in -> {
                    frameworkRows.delete(in.framework().value());
                    taskRows.deleteOf(in.framework());
                    tasks.deleteOf(in.framework());
                }
                case Change.RolesSuppressed in ->
                    frameworkRows
                            .find(in.framework().value())
                            .ifPresent(row -> row.suppressedRoles = String.join(" ", in.roles()));
                case Change.Decree decree -> StoredPolicy.store(decree, decreeRows);
                case Change.TaskAdded added -> taskRows.write(added.task(), null);
                case Change.TaskMoved moved -> taskRows.write(moved.task(), null);
                case Change.TaskUnreachable unreachable -> taskRows.write(unreachable.task(), null);
                case Change.TaskCompleted completed -> taskRows.write(completed.task(), completed.at());
                case Change.TaskForgotten in ->
                    taskRows.delete(in.framework().value(), in.task().value());
            }
        }

        private void write(KnownAgent agent) {
            AgentRow row = agentRows.write(id(agent));
            row.info = JSON.encodeToString(agent.info());
            row.version = agent.version();
            row.capabilities = agent.capabilities().stream()
                    .map(AgentInfo.Capability::type)
                    .filter(type -> type != null)
                    .map(Enum::name)
                    .collect(Collectors.joining(" "));
            row.registeredAt = agent.registeredAt();
            row.standing = agent.standing().name();
            row.standingSince = agent.standingSince();
        }

        private void stand(String agent, Standing standing, Instant since) {
            agentRows.find(agent).ifPresent(row -> {
                row.standing = standing.name();
                row.standingSince = since;
            });
        }

        private void write(KnownFramework framework) {
            FrameworkRow row = frameworkRows.write(id(framework));
            row.info = JSON.encodeToString(framework.info());
            row.suppressedRoles = String.join(" ", framework.suppressedRoles());
            row.registeredAt = framework.registeredAt();
            row.reregisteredAt = framework.reregisteredAt();
            row.failoverDeadline = framework.failoverDeadline();
            row.completedAt = framework.completedAt();
        }

        private static String id(KnownAgent agent) {
            return Objects.requireNonNull(agent.info().id()).value();
        }

        private static String id(KnownFramework framework) {
            return Objects.requireNonNull(framework.info().id()).value();
        }
    }
}
