package org.nucleus.agent.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.nucleus.agent.sandbox.SandboxLayout;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.Resources;
import org.nucleus.service.files.SecureTree;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.DiskInfo.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of persistent volumes: {@code volumes/roles/<role>/<persistence id>} below the work directory, or
 * below the root of the disk that the volume is on; a volume on a MOUNT disk is the whole disk. In a directory's name
 * the slashes of a role are spaces. A directory is there from CREATE to DESTROY; what was destroyed is moved aside at
 * once and deleted then. Used by one thread at a time. Source: slave/paths.cpp, getPersistentVolumePath.
 */
public final class PersistentVolumes {
    private static final Logger log = LoggerFactory.getLogger(PersistentVolumes.class);
    private static final String DESTROYED = ".destroyed";

    private final Path workDir;

    public PersistentVolumes(Path workDir) {
        this.workDir = workDir.toAbsolutePath().normalize();
    }

    /**
     * Where the data of a persistent volume is.
     *
     * @throws IllegalArgumentException if {@code volume} is none, or its id can't be a directory's name
     */
    public Path pathOf(Resource volume) {
        DiskInfo disk = volume.disk();
        if (disk == null || disk.persistence() == null) {
            throw new IllegalArgumentException("Resource '" + volume.name() + "' is not a persistent volume");
        }
        Source source = disk.source();
        if (source != null && source.type() == Source.Type.MOUNT) {
            return rootOf(source);
        }
        String role = Reservations.role(volume).orElse("*").replace('/', ' ');
        String id = disk.persistence().id();
        if (!SandboxLayout.isSegment(id) || !SandboxLayout.isSegment(role)) {
            throw new IllegalArgumentException(
                    "Persistent volume '" + id + "' of role '" + role + "' can't be a directory");
        }
        Path root = source == null ? workDir : rootOf(source);
        return root.resolve("volumes").resolve("roles").resolve(role).resolve(id);
    }

    /** Makes the volume's directory, empty. */
    public void create(Resource volume) {
        try {
            Path path = pathOf(volume);
            boolean wholeDisk = isWholeDisk(volume);
            if (!wholeDisk && Files.exists(path)) {
                log.atWarn().addKeyValue("path", path).log("Deleting what a former volume of this name left");
                discard(path);
            }
            Files.createDirectories(path);
            log.atInfo().addKeyValue("path", path).log("Created persistent volume");
        } catch (IOException | IllegalArgumentException e) {
            log.atError().setCause(e).log("Could not create a persistent volume; tasks that use it will fail");
        }
    }

    /** Deletes the volume's data. */
    public void destroy(Resource volume) {
        try {
            Path path = pathOf(volume);
            if (isWholeDisk(volume)) {
                for (Path each : entries(path)) {
                    SecureTree.delete(each);
                }
            } else if (Files.exists(path)) {
                discard(path);
            }
            log.atInfo().addKeyValue("path", path).log("Destroyed persistent volume");
        } catch (IOException | IllegalArgumentException e) {
            log.atError().setCause(e).log("Could not delete the data of a destroyed persistent volume");
        }
    }

    /** At the start of a process: every known volume has its directory, and what was destroyed before goes. */
    public void recover(Resources checkpointed) {
        List<Path> roots = new ArrayList<>(List.of(workDir));
        for (Resource volume : checkpointed.persistentVolumes().toList(Reservations.Form.REFINED)) {
            try {
                Path path = pathOf(volume);
                if (Files.notExists(path)) {
                    log.atWarn().addKeyValue("path", path).log("The directory of a persistent volume is made again");
                    Files.createDirectories(path);
                }
                if (!isWholeDisk(volume)) {
                    roots.add(above(path, 4));
                }
            } catch (IOException | IllegalArgumentException e) {
                log.atError().setCause(e).log("Could not find a persistent volume; tasks that use it will fail");
            }
        }
        roots.stream().distinct().forEach(PersistentVolumes::clear);
    }

    /** The directory so many levels above. */
    private static Path above(Path path, int levels) {
        Path up = path;
        for (int i = 0; i < levels; i++) {
            up = Objects.requireNonNull(up.getParent(), "a volume lies below a disk's root");
        }
        return up;
    }

    private static void clear(Path root) {
        Path trash = root.resolve("volumes").resolve(DESTROYED);
        if (Files.exists(trash)) {
            deleteLater(trash);
        }
    }

    /** Whoever creates a volume of that name next must not see this data, however long its deletion takes. */
    private static void discard(Path path) throws IOException {
        Path volumes = above(path, 3);
        Path trash = Files.createDirectories(volumes.resolve(DESTROYED))
                .resolve(UUID.randomUUID().toString());
        Files.move(path, trash, StandardCopyOption.ATOMIC_MOVE);
        deleteLater(trash);
    }

    private static void deleteLater(Path trash) {
        Thread.ofVirtual().name("volume-disposal").start(() -> {
            try {
                SecureTree.delete(trash);
            } catch (IOException e) {
                log.atWarn()
                        .setCause(e)
                        .addKeyValue("path", trash)
                        .log("Could not delete a destroyed volume; the next start tries again");
            }
        });
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static boolean isWholeDisk(Resource volume) {
        DiskInfo disk = volume.disk();
        return disk != null && disk.source() != null && disk.source().type() == Source.Type.MOUNT;
    }

    private Path rootOf(Source source) {
        Source.Path path = source.path();
        Source.Mount mount = source.mount();
        String root = path != null ? path.root() : mount == null ? null : mount.root();
        if (root == null) {
            throw new IllegalArgumentException("A disk of type " + source.type() + " has no root");
        }
        return workDir.resolve(root).normalize();
    }
}
