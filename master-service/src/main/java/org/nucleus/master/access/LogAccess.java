package org.nucleus.master.access;

import org.nucleus.service.files.AttachedFiles;
import org.nucleus.service.files.FilesAccess;

/** Whether a caller may look into the only thing there is to look into: the master's log. */
public final class LogAccess implements FilesAccess {
    /** Where the log is shown. Source: master/master.cpp, Master::initialize. */
    public static final String LOG = "/master/log";

    private final AttachedFiles files;
    private final MasterAccess access;

    public LogAccess(AttachedFiles files, MasterAccess access) {
        this.files = files;
        this.access = access;
    }

    @Override
    public boolean permits(String virtual) {
        return files.attachment(virtual).isEmpty() || viewer().readsLog();
    }

    @Override
    public boolean seesAttachments() {
        return viewer().opens("/files/debug");
    }

    private Viewer viewer() {
        return new Viewer(access.caller().grants());
    }
}
