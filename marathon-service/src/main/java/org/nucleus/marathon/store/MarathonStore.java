package org.nucleus.marathon.store;

import java.util.List;
import java.util.Optional;
import org.nucleus.machine.Journal;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Snapshot;
import org.nucleus.marathon.core.state.Version;

/** Marathon's memory. Written by the latest term alone; read by anybody. */
public interface MarathonStore {
    /** Begins a term: journals of earlier ones are refused from now on. */
    long elected();

    Snapshot recover();

    /** The journal of the term {@code epoch}. */
    Journal<Change.Durable> journal(long epoch);

    /** The revisions of {@code app} that are kept, latest first; also of one that is gone. */
    List<Version> versions(AppPath app);

    Optional<App> revision(AppPath app, Version version);

    /** The versions of all changes of and below {@code group} that are kept, latest first. */
    List<Version> treeVersions(AppPath group);

    /** All that was of and below {@code group} at {@code version}. */
    Tree tree(AppPath group, Version version);

    /** The events after the one with {@code id}, in order, at most {@code most}: the latest ones. */
    List<StoredEvent> eventsAfter(long id, int most);

    /** The latest events that speak of {@code app}, latest first. */
    List<StoredEvent> history(AppPath app, int most);

    /** What was done last, latest first. */
    List<StoredAudit> audits(int most);
}
