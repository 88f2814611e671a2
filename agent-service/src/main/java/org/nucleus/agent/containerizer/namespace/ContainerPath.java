package org.nucleus.agent.containerizer.namespace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;

/**
 * A path that leads nowhere but into a sandbox. It is walked one name at a time, each relative to the open directory
 * before it and never through a link, since the sandbox is full of what tasks and archives have put there.
 */
record ContainerPath(List<String> names) {
    ContainerPath {
        names = List.copyOf(names);
    }

    /**
     * From what the wire says, where a path that starts with the sandbox's own is understood too. Refuses all that
     * lead elsewhere: without an image a container shares the machine's files, and what it could put over them would
     * deceive whoever runs there with more rights than it has.
     */
    static ContainerPath of(String text, Path sandbox) throws LaunchFailed {
        if (text.indexOf('\0') >= 0) {
            throw new LaunchFailed("A volume's path contains a NUL character");
        }
        Path path = Path.of(text);
        if (path.isAbsolute()) {
            if (!path.startsWith(sandbox)) {
                throw new LaunchFailed("The volume path '" + text + "' is absolute, and a container without an image"
                        + " has the machine's files there. Use a path relative to the sandbox.");
            }
            path = sandbox.relativize(path);
        }
        List<String> names = new ArrayList<>();
        for (Path name : path) {
            if (name.toString().equals("..")) {
                throw new LaunchFailed("The volume path '" + text + "' leads out of the sandbox");
            }
            if (!name.toString().isEmpty() && !name.toString().equals(".")) {
                names.add(name.toString());
            }
        }
        if (names.isEmpty()) {
            throw new LaunchFailed("The volume path '" + text + "' names the sandbox itself");
        }
        return new ContainerPath(names);
    }

    /** Something that takes an open directory and a name in it. */
    interface Last<T> {
        T in(Handle directory, String name) throws IOException;
    }

    /** Walks to the directory of the last name, making what is missing for {@code owner}. */
    <T> T walk(Handle from, @Nullable Owner owner, Last<T> last) throws IOException {
        List<Handle> opened = new ArrayList<>();
        try {
            Handle at = from;
            for (String name : names.subList(0, names.size() - 1)) {
                at = at.directory(name, owner);
                opened.add(at);
            }
            return last.in(at, names.getLast());
        } finally {
            opened.forEach(Handle::close);
        }
    }

    /** As in a path. */
    @Override
    public String toString() {
        return String.join("/", names);
    }
}
