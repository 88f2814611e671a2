package org.nucleus.marathon.access;

import java.util.List;
import org.nucleus.marathon.core.state.AppPath;

/** What one caller may see and change: groups, each with all below it. */
public record Rights(List<AppPath> view, List<AppPath> change) {
    public static final Rights ALL = new Rights(List.of(), List.of(AppPath.ROOT));
    public static final Rights NONE = new Rights(List.of(), List.of());

    public Rights {
        view = List.copyOf(view);
        change = List.copyOf(change);
    }

    public boolean mayChange(AppPath path) {
        return change.stream().anyMatch(group -> covers(group, path));
    }

    public boolean mayView(AppPath path) {
        return mayChange(path) || view.stream().anyMatch(group -> covers(group, path));
    }

    /** Whether something below {@code group} may be seen. */
    public boolean mayEnter(AppPath group) {
        return mayView(group)
                || change.stream().anyMatch(allowed -> allowed.isBelow(group))
                || view.stream().anyMatch(allowed -> allowed.isBelow(group));
    }

    public boolean mayAll() {
        return mayChange(AppPath.ROOT);
    }

    private static boolean covers(AppPath group, AppPath path) {
        return path.equals(group) || path.isBelow(group);
    }
}
