package org.nucleus.agent.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nucleus.access.Action;
import org.nucleus.agent.access.AgentAccess;
import org.nucleus.agent.access.Viewer;
import org.nucleus.agent.core.state.Framework;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.agent.view.AgentView;
import org.nucleus.service.files.AttachedFiles;
import org.nucleus.service.files.FilesAccess;

/**
 * Whether a caller may look into what a virtual path lies in: a sandbox is its user's, the log the agent's. A sandbox
 * whose user is not known any more is for those who may see all of them.
 */
public final class FileAccess implements FilesAccess {
    /** The agent's log, for those whom the rules let. */
    public static final String LOG = "/slave/log";

    private static final Pattern SANDBOX = Pattern.compile(".*/frameworks/([^/]+)/executors/([^/]+)/runs/[^/]+");

    private final AttachedFiles files;
    private final AgentAccess access;
    private final AgentView view;

    public FileAccess(AttachedFiles files, AgentAccess access, AgentView view) {
        this.files = files;
        this.access = access;
        this.view = view;
    }

    @Override
    public boolean permits(String virtual) throws InterruptedException {
        Optional<String> attachment = files.attachment(virtual);
        if (attachment.isEmpty()) {
            return true;
        }
        Viewer viewer = access.viewer();
        Matcher sandbox = SANDBOX.matcher(attachment.get());
        if (!sandbox.matches()) {
            return !attachment.get().equals(LOG) || viewer.readsLog();
        }
        Optional<String> user = view.picture().flatMap(picture -> user(picture, sandbox.group(1), sandbox.group(2)));
        return viewer.grants().permits(Action.ACCESS_SANDBOXES, user);
    }

    @Override
    public boolean seesAttachments() {
        return access.viewer().opens("/files/debug");
    }

    private static Optional<String> user(AgentPicture picture, String framework, String executor) {
        List<Framework> frameworks = picture.frameworks();
        return picture.runs().stream()
                .filter(run -> run.executorKey().framework().value().equals(framework)
                        && run.executorKey().executor().value().equals(executor))
                .map(run -> run.user())
                .findFirst()
                .or(() -> frameworks.stream()
                        .map(Framework::info)
                        .filter(info -> info.id() != null && info.id().value().equals(framework))
                        .map(info -> info.user())
                        .findFirst());
    }
}
