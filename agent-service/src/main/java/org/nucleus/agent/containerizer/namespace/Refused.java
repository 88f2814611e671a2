package org.nucleus.agent.containerizer.namespace;

import java.io.IOException;

/** The kernel's refusal of a call, with its {@code errno}. */
final class Refused extends IOException {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    static final int ELOOP = 40;

    private static final long serialVersionUID = 1;

    private final int errno;

    Refused(String what, int errno) {
        super(what + ": " + words(errno));
        this.errno = errno;
    }

    int errno() {
        return errno;
    }

    private static String words(int errno) {
        return switch (errno) {
            case EPERM -> "Operation not permitted";
            case ENOENT -> "No such file or directory";
            case 13 -> "Permission denied";
            case EEXIST -> "File exists";
            case ENOTDIR -> "Not a directory";
            case 21 -> "Is a directory";
            case EINVAL -> "Invalid argument";
            case 28 -> "No space left on device";
            case 30 -> "Read-only file system";
            case 38 -> "The kernel has no such call";
            case ELOOP -> "A symbolic link is in the way";
            default -> "errno " + errno;
        };
    }
}
