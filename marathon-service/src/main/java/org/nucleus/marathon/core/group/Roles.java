package org.nucleus.marathon.core.group;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Change.RolesAsked;
import org.nucleus.marathon.core.state.Effect.TakeRoles;
import org.nucleus.marathon.core.state.Frame;

/** Under which roles resources are asked for: the default one and those of all apps. */
public final class Roles {
    private Roles() {}

    /** After an election: the subscription itself tells the roles. */
    public static void known(Frame frame) {
        frame.record(new RolesAsked(roles(frame)));
    }

    /** Tells the master when they have changed. */
    public static void settle(Frame frame) {
        if (!frame.hasChangedApps()) {
            return;
        }
        List<String> wanted = roles(frame);
        if (!wanted.equals(frame.state().roles())) {
            frame.record(new RolesAsked(wanted));
            frame.emit(new TakeRoles(wanted));
        }
    }

    private static List<String> roles(Frame frame) {
        Set<String> roles = new TreeSet<>();
        roles.add(frame.state().settings().defaultRole());
        frame.state().apps().values().stream().map(App::role).forEach(roles::add);
        return List.copyOf(roles);
    }
}
