package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.namespace.Owner;

/** Whom a container's command runs as: the agent's own user, or another if the agent is root. */
final class RunAs {
    private static final int ROOT = 0;

    private final Libc.@Nullable User other;

    private RunAs(Libc.@Nullable User other) {
        this.other = other;
    }

    static RunAs self() {
        return new RunAs(null);
    }

    /** Fails if this machine has no such user, or if the agent may not become that one. */
    static RunAs named(String name) throws LaunchFailed {
        Libc.User user =
                Libc.user(name).orElseThrow(() -> new LaunchFailed("There is no user '" + name + "' on this machine"));
        int self = Libc.effectiveUser();
        if (user.uid() == self) {
            return self();
        }
        if (self != ROOT) {
            throw new LaunchFailed("Cannot run as user '" + name
                    + "': the agent is not root. Start it as root, or with --no-switch_user.");
        }
        return new RunAs(user);
    }

    /** Whose files the container's are to be; absent if they are the agent's own user's anyway. */
    @Nullable
    Owner owner() {
        return other == null ? null : new Owner(other.uid(), other.gid());
    }

    boolean isAnother() {
        return other != null;
    }

    /** {@code command}, run by that user with that user's groups and none of root's rights. */
    List<String> command(String... command) {
        List<String> words = new ArrayList<>();
        if (other != null) {
            words.addAll(List.of("setpriv", "--reuid=" + other.uid(), "--regid=" + other.gid(), "--init-groups"));
        }
        words.addAll(List.of(command));
        return words;
    }

    /** Gives {@code root} and all below it to that user; links themselves, not what they point to. */
    void own(Path root) throws IOException {
        if (other == null) {
            return;
        }
        int uid = other.uid();
        int gid = other.gid();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return give(directory);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return give(file);
            }

            private FileVisitResult give(Path path) throws IOException {
                Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
