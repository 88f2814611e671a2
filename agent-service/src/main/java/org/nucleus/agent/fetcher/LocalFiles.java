package org.nucleus.agent.fetcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Reads files of this machine with the rights of whom the task runs as. */
public interface LocalFiles {
    /** Copies a regular file's content; fails if that user may not read it. */
    void copy(Path source, Path target) throws IOException;

    /** Reads with the rights of this process. */
    static LocalFiles own() {
        return (source, target) -> Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
