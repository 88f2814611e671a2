package org.nucleus.marathon.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskStatus;

/** Anything that can happen to Marathon. */
public sealed interface MarathonInput {
    /** The first input of a machine: this process leads, and this is what was stored. */
    record Elected(long seed, Snapshot snapshot) implements MarathonInput {}

    /** @param region where the master is; offers of other regions are used only by apps that ask for them */
    record Subscribed(
            String frameworkId, String master, @Nullable String region) implements MarathonInput {}

    record Disconnected() implements MarathonInput {}

    record Offered(List<Offer> offers) implements MarathonInput {
        public Offered {
            offers = List.copyOf(offers);
        }
    }

    record Updated(TaskStatus status) implements MarathonInput {}

    /** An executor's word to its framework. */
    record Heard(String executor, String agent, String message) implements MarathonInput {}

    /** The master will never have us again under this id. */
    record Removed(String reason) implements MarathonInput {}

    record TimerFired(TimerKey key) implements MarathonInput {}

    /** How one run of a health check by Marathon went. */
    record Probed(InstanceId instance, int incarnation, int check, boolean alive, String cause)
            implements MarathonInput {}

    /** How one run of a readiness check went. */
    record ReadinessProbed(InstanceId instance, int incarnation, boolean ready, Readiness.@Nullable Response response)
            implements MarathonInput {}

    /** Something a client asked for; answered with {@link Effect.Reply} under {@code token}. */
    sealed interface Asked extends MarathonInput {
        long token();
    }

    /** Changes apps and groups, all in one deployment or none. */
    record Change(long token, List<Edit> edits, boolean force, Origin origin) implements Asked {
        public Change {
            edits = List.copyOf(edits);
        }
    }

    /** Like {@link Change}, but only answers what its steps would be. */
    record Rehearse(long token, List<Edit> edits) implements Asked {
        public Rehearse {
            edits = List.copyOf(edits);
        }
    }

    /** Kills tasks; with {@code scale}, the apps shrink by as many. */
    record KillTasks(long token, List<InstanceId> instances, Kill how, Origin origin) implements Asked {
        public KillTasks {
            instances = List.copyOf(instances);
        }
    }

    /** Ends a deployment: by going back to what was before, or, with {@code force}, by leaving all as it is. */
    record Cancel(long token, String deployment, boolean force, Origin origin) implements Asked {}

    record ResetDelay(long token, AppPath app, Origin origin) implements Asked {}

    /** How tasks are killed: with their apps' counts, with their data, whoever works on their apps. */
    record Kill(boolean scale, boolean wipe, boolean force) {}

    record AskQueue(long token) implements Asked {}

    /** One edit of the tree. */
    sealed interface Edit {
        AppPath path();

        /**
         * @param basedOn the revision that the definition was made from; absent if there was none. Anything else there
         *     now is answered with {@link Answer.Stale}
         */
        record PutApp(App app, @Nullable Version basedOn) implements Edit {
            @Override
            public AppPath path() {
                return app.id();
            }
        }

        /** Back to an earlier revision, so that instances which still run it need not be restarted. */
        record RestoreApp(App app) implements Edit {
            @Override
            public AppPath path() {
                return app.id();
            }
        }

        record RemoveApp(AppPath path) implements Edit {}

        /** The same configuration under a new version. */
        record RestartApp(AppPath path) implements Edit {}

        record PutGroup(Group group) implements Edit {
            @Override
            public AppPath path() {
                return group.id();
            }
        }

        record RemoveGroup(AppPath path) implements Edit {}

        /** Whether all below a group of the first level must use its name for a role. */
        record EnforceRole(AppPath path, boolean enforced) implements Edit {}
    }
}
