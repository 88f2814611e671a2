package org.nucleus.marathon.core.group;

import java.util.List;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.Change.Audited;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonInput.Edit;

/** Who asked for what, and what came of it; stored with what came of it. */
public final class Audits {
    private Audits() {}

    static void note(MarathonInput.Change in, Answer answer, Frame frame) {
        List<String> subjects = in.edits().stream()
                .map(edit -> action(edit) + " " + edit.path())
                .toList();
        if (!(answer instanceof Answer.Stale)) {
            String action = in.force() ? "change by force" : "change";
            frame.record(new Audited(frame.now(), in.origin(), action, subjects, outcome(answer)));
        }
    }

    static void note(MarathonInput.Cancel in, Answer answer, Frame frame) {
        String action = in.force() ? "cancel" : "roll back";
        frame.record(new Audited(frame.now(), in.origin(), action, List.of(in.deployment()), outcome(answer)));
    }

    /** Tasks that somebody killed by hand. */
    public static void note(MarathonInput.KillTasks in, Frame frame) {
        String action = in.how().wipe() ? "wipe" : in.how().scale() ? "kill and scale" : "kill";
        List<String> subjects = in.instances().stream().map(InstanceId::value).toList();
        frame.record(new Audited(frame.now(), in.origin(), action, subjects, "done"));
    }

    /** A delay that somebody reset by hand. */
    public static void note(MarathonInput.ResetDelay in, Frame frame) {
        frame.record(new Audited(
                frame.now(), in.origin(), "reset delay", List.of(in.app().value()), "done"));
    }

    private static String action(Edit edit) {
        return switch (edit) {
            case Edit.PutApp _ -> "put";
            case Edit.RestoreApp _ -> "restore";
            case Edit.RemoveApp _ -> "remove";
            case Edit.RestartApp _ -> "restart";
            case Edit.PutGroup _ -> "put group";
            case Edit.RemoveGroup _ -> "remove group";
            case Edit.EnforceRole _ -> "enforce role";
        };
    }

    static String outcome(Answer answer) {
        return switch (answer) {
            case Answer.Deployed(var deployment, var ignored) -> "deployment " + deployment;
            case Answer.NotFound(var message) -> message;
            case Answer.Invalid(var path, var error) -> path + ": " + error;
            case Answer.Locked(var deployments) -> "locked by " + String.join(", ", deployments);
            case Answer.TooManyDeployments(var most) -> "more than " + most + " deployments";
            case Answer.Stale() -> "changed by others meanwhile";
            case Answer.Done(), Answer.Rehearsed _, Answer.Killed _, Answer.Queue _ -> "done";
        };
    }
}
