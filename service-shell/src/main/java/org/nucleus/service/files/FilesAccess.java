package org.nucleus.service.files;

/** What the caller of the current request may look into. */
public interface FilesAccess {
    /** Whether the caller may see what lies at {@code virtual}; a path that leads nowhere is nobody's secret. */
    boolean permits(String virtual) throws InterruptedException;

    /** Whether the caller may see where on disk attached files are. */
    boolean seesAttachments();
}
