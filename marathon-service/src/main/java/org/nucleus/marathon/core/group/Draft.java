package org.nucleus.marathon.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Group;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.core.state.VersionInfo;

/** The tree as it would be after some edits, and what they touch. Nothing of it is recorded yet. */
final class Draft {
    private final Frame frame;
    private final Version version;
    private final ServicePorts servicePorts;
    final NavigableMap<AppPath, App> apps;
    final NavigableMap<AppPath, Group> groups;
    final SequencedMap<AppPath, App> original = new TreeMap<>();
    final SequencedMap<AppPath, App> target = new TreeMap<>();

    Draft(Frame frame, Version version) {
        this.frame = frame;
        this.version = version;
        var settings = frame.state().settings();
        this.servicePorts = new ServicePorts(settings.portMin(), settings.portMax());
        this.apps = new TreeMap<>(frame.state().apps());
        this.groups = new TreeMap<>(frame.state().groups());
    }

    /** Makes one edit; what speaks against it, if anything does. */
    Optional<Answer> edit(Edit edit) {
        return switch (edit) {
            case Edit.PutApp(var app, var basedOn) -> put(app, basedOn);
            case Edit.RestoreApp(var app) -> restore(app);
            case Edit.RemoveApp(var path) -> remove(path);
            case Edit.RestartApp(var path) -> restart(path);
            case Edit.PutGroup(var group) -> put(group);
            case Edit.EnforceRole(var path, var enforced) -> enforce(path, enforced);
            case Edit.RemoveGroup(var path) -> {
                groups.remove(path);
                yield Optional.empty();
            }
        };
    }

    private Optional<Answer> put(App asked, @Nullable Version basedOn) {
        App before = apps.get(asked.id());
        if (!Objects.equals(before == null ? null : before.version(), basedOn)) {
            return Optional.of(new Answer.Stale());
        }
        Optional<App> ported = servicePorts.assign(asked, before, apps);
        if (ported.isEmpty()) {
            return Optional.of(
                    new Answer.Invalid("/portDefinitions", "No service port is left in the configured range."));
        }
        App app = ported.get();
        Optional<Answer> frozen = before == null ? Optional.empty() : Residents.change(before, app);
        if (frozen.isPresent()) {
            return frozen;
        }
        if (before == null || restarts(before, app)) {
            replace(before, app.at(version, new VersionInfo(version, version)));
        } else if (before.instances() != app.instances()) {
            replace(
                    before,
                    app.at(
                            version,
                            new VersionInfo(version, before.versionInfo().lastConfigChangeAt())));
        } else if (!before.labels().equals(app.labels())) {
            replace(before, app.at(version, before.versionInfo()));
        }
        return Optional.empty();
    }

    private boolean restarts(App before, App after) {
        return frame.state().settings().labelChangesRestart()
                ? !before.sameConfiguration(after)
                : !before.sameButForLabels(after);
    }

    private Optional<Answer> put(Group group) {
        Group before = groups.get(group.id());
        if (before != null && before.enforceRole() != group.enforceRole()) {
            return Optional.of(new Answer.Invalid(
                    "/enforceRole", "enforceRole cannot be changed by an update of a group. Use PATCH."));
        }
        groups.put(group.id(), new Group(group.id(), group.dependencies(), group.enforceRole(), version));
        return Optional.empty();
    }

    private Optional<Answer> enforce(AppPath path, boolean enforced) {
        if (path.isRoot() || !path.parent().isRoot()) {
            return Optional.of(new Answer.Invalid("/enforceRole", "enforceRole can only be set for top-level groups."));
        }
        Group before = groups.get(path);
        groups.put(path, new Group(path, before == null ? List.of() : before.dependencies(), enforced, version));
        return Optional.empty();
    }

    private Optional<Answer> restore(App earlier) {
        replace(apps.get(earlier.id()), earlier.at(version, earlier.versionInfo()));
        return Optional.empty();
    }

    private Optional<Answer> remove(AppPath path) {
        App before = apps.remove(path);
        if (before == null) {
            return Optional.of(missing(path));
        }
        original.put(path, before);
        return Optional.empty();
    }

    private Optional<Answer> restart(AppPath path) {
        App before = apps.get(path);
        if (before == null) {
            return Optional.of(missing(path));
        }
        replace(before, before.at(version, new VersionInfo(version, version)));
        return Optional.empty();
    }

    private void replace(@Nullable App before, App after) {
        if (before != null) {
            original.putIfAbsent(after.id(), before);
        }
        target.put(after.id(), after);
        apps.put(after.id(), after);
        for (AppPath group = after.id().parent(); !group.isRoot(); group = group.parent()) {
            boolean enforced =
                    group.parent().isRoot() && frame.state().settings().newGroupsEnforceRole();
            groups.putIfAbsent(group, new Group(group, List.of(), enforced, version));
        }
    }

    /** Rules that hold for the tree as a whole. */
    Optional<Answer> flaw() {
        for (AppPath path : target.keySet()) {
            boolean isGroup = groups.containsKey(path) || apps.keySet().stream().anyMatch(other -> other.isBelow(path));
            boolean insideApp = apps.keySet().stream().anyMatch(path::isBelow);
            if (isGroup || insideApp) {
                return Optional.of(new Answer.Invalid(
                        isGroup ? "/" : "/groups(0)", "Groups and Applications may not have the same identifier."));
            }
        }
        return target.values().stream().flatMap(app -> roleFlaw(app).stream()).findFirst();
    }

    /** A role is the default one, the name of the top-level group, or what it was; the group's own if it says so. */
    private Optional<Answer> roleFlaw(App app) {
        App before = original.get(app.id());
        if (before != null && before.role().equals(app.role())) {
            return Optional.empty();
        }
        List<String> segments = app.id().segments();
        String top = segments.getFirst();
        Group group = segments.size() > 1 ? groups.get(AppPath.ROOT.resolve(top)) : null;
        List<String> allowed = new ArrayList<>();
        if (group == null || !group.enforceRole()) {
            allowed.add(frame.state().settings().defaultRole());
        }
        if (segments.size() > 1 && !allowed.contains(top)) {
            allowed.add(top);
        }
        return allowed.contains(app.role())
                ? Optional.empty()
                : Optional.of(new Answer.Invalid("/role", "role must be one of " + allowed));
    }

    /** The deployments under way that touch the same apps. */
    List<String> conflicts() {
        return frame.state().deployments().stream()
                .filter(running -> original.keySet().stream().anyMatch(running::affects)
                        || target.keySet().stream().anyMatch(running::affects))
                .map(Deployment::id)
                .toList();
    }

    private static Answer missing(AppPath path) {
        return new Answer.NotFound("App '" + path + "' does not exist");
    }
}
