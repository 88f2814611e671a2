package org.nucleus.agent.containerizer.namespace;

import java.io.IOException;
import java.nio.file.Path;

/** A copy of the mounts at and below a place, attached nowhere until it is; gone if it is closed before. */
final class Mounts implements AutoCloseable {
    private final int descriptor;
    private final boolean directory;

    private Mounts(int descriptor, boolean directory) {
        this.descriptor = descriptor;
        this.directory = directory;
    }

    static Mounts copyOf(Handle place) throws IOException {
        return new Mounts(Kernel.copyMounts(place.descriptor()), place.isDirectory());
    }

    static Mounts copyOf(Path path) throws IOException {
        try (Handle place = Handle.of(path)) {
            return copyOf(place);
        }
    }

    boolean isDirectory() {
        return directory;
    }

    void makeReadOnly() throws IOException {
        Kernel.makeReadOnly(descriptor);
    }

    void attach(Handle place) throws IOException {
        Kernel.attach(descriptor, place.descriptor());
    }

    @Override
    public void close() {
        Kernel.close(descriptor);
    }
}
