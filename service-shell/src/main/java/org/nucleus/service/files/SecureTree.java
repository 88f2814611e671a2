package org.nucleus.service.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;

/**
 * Reads and deletes in directories that others may change meanwhile: every step is taken relative to an open directory
 * and follows no link, so that no one can lead this process, which may be root, elsewhere between a check and its use.
 */
public final class SecureTree {
    private SecureTree() {}

    /** Opens a file for reading by its real path. */
    static SeekableByteChannel open(Path real) throws IOException {
        Path root = real.getRoot();
        try (SecureDirectoryStream<Path> directory = directory(root)) {
            return open(directory, root.relativize(real));
        }
    }

    private static SeekableByteChannel open(SecureDirectoryStream<Path> directory, Path relative) throws IOException {
        Path first = relative.getName(0);
        if (relative.getNameCount() == 1) {
            return directory.newByteChannel(first, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }
        try (SecureDirectoryStream<Path> next = directory.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
            return open(next, relative.subpath(1, relative.getNameCount()));
        }
    }

    /** Removes a directory and all below it; links go, what they point to stays. Nothing there: nothing to do. */
    public static void delete(Path tree) throws IOException {
        Path parent = tree.getParent();
        if (parent == null) {
            throw new IOException("The root cannot be removed");
        }
        try (SecureDirectoryStream<Path> directory = directory(parent)) {
            delete(directory, tree.getFileName());
        } catch (NoSuchFileException e) {
            if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    private static void delete(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        boolean isDirectory = parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
        if (!isDirectory) {
            parent.deleteFile(name);
            return;
        }
        try (SecureDirectoryStream<Path> directory = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : directory) {
                delete(directory, entry.getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        parent.deleteDirectory(name);
    }

    private static SecureDirectoryStream<Path> directory(Path path) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("This platform cannot open files relative to a directory");
    }
}
