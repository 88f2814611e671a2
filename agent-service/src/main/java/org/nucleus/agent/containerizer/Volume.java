package org.nucleus.agent.containerizer;

import java.nio.file.Path;

/**
 * Something that a container finds in its sandbox though it is kept elsewhere.
 *
 * @param containerPath where, relative to the sandbox; what of it is not there is made
 * @param readOnly whether the container may not change it
 */
public record Volume(String containerPath, boolean readOnly, Source source) {
    /** Where it is kept. */
    public sealed interface Source {
        /** A file or directory of the machine, which must be there. */
        record Host(Path path) implements Source {}

        /** {@code path} below the sandbox of the container itself or of the one around it; a directory, made if absent. */
        record Sandbox(Path sandbox, String path) implements Source {}

        /**
         * A directory that outlives its tasks, which must be there.
         *
         * @param shared whether others use it at the same time, so that it does not become this container's user's
         */
        record Persistent(Path path, boolean shared) implements Source {}

        /** A file that nobody else sees, of {@code content}, never on a disk. */
        record Secret(Content content) implements Source {}
    }

    /** Bytes that no log shows. */
    public static final class Content {
        private final byte[] bytes;

        public Content(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String toString() {
            return "<secret>";
        }
    }
}
