package org.nucleus.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.core.Volumes;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.DiskInfo.Source;
import org.nucleus.wire.Resource.ReservationInfo;

class PersistentVolumesTest {
    @TempDir
    Path workDir;

    private PersistentVolumes volumes;

    @BeforeEach
    void make() {
        volumes = new PersistentVolumes(workDir);
    }

    @Test
    void aVolumeIsADirectoryNamedByRoleAndId() {
        Resource volume = Volumes.volume("v1", 10);
        volumes.create(volume);
        assertThat(workDir.resolve("volumes/roles/ads/v1")).isEmptyDirectory();
        assertThat(volumes.pathOf(volume)).isEqualTo(workDir.resolve("volumes/roles/ads/v1"));
    }

    @Test
    void theSlashesOfARoleAreSpaces() {
        Resource volume = Volumes.volume("v1", 10).toBuilder()
                .reservations(List.of(new ReservationInfo(ReservationInfo.Type.DYNAMIC, "ads/eu", "ops", null)))
                .build();
        assertThat(volumes.pathOf(volume)).isEqualTo(workDir.resolve("volumes/roles/ads eu/v1"));
    }

    @Test
    void theDataOfADestroyedVolumeIsGone() throws IOException {
        Resource volume = Volumes.volume("v1", 10);
        volumes.create(volume);
        Path data = Files.createDirectories(volumes.pathOf(volume).resolve("deep/er"));
        Files.writeString(data.resolve("file"), "precious");
        volumes.destroy(volume);
        assertThat(volumes.pathOf(volume)).doesNotExist();

        volumes.create(volume);
        assertThat(volumes.pathOf(volume)).isEmptyDirectory();
    }

    @Test
    void aNewVolumeNeverShowsWhatAFormerOneLeft() throws IOException {
        Resource volume = Volumes.volume("v1", 10);
        Files.createDirectories(volumes.pathOf(volume));
        Files.writeString(volumes.pathOf(volume).resolve("secret"), "of somebody else");
        volumes.create(volume);
        assertThat(volumes.pathOf(volume)).isEmptyDirectory();
    }

    @Test
    void aRestartKeepsTheDataAndMakesWhatIsMissing() throws IOException {
        Resource kept = Volumes.volume("kept", 10);
        Resource missing = Volumes.volume("missing", 10);
        volumes.create(kept);
        Files.writeString(volumes.pathOf(kept).resolve("file"), "precious");
        PersistentVolumes next = new PersistentVolumes(workDir);
        next.recover(Resources.of(kept, missing));
        assertThat(volumes.pathOf(kept).resolve("file")).hasContent("precious");
        assertThat(volumes.pathOf(missing)).isEmptyDirectory();
    }

    @Test
    void aVolumeOnAPathDiskIsBelowItsRoot() {
        Resource volume = on(Source.builder()
                .type(Source.Type.PATH)
                .path(new Source.Path("disks/one"))
                .build());
        assertThat(volumes.pathOf(volume)).isEqualTo(workDir.resolve("disks/one/volumes/roles/ads/v1"));
    }

    @Test
    void aVolumeOnAMountedDiskIsTheWholeDisk() throws IOException {
        Path mount = Files.createDirectories(workDir.resolve("mnt"));
        Resource volume = on(Source.builder()
                .type(Source.Type.MOUNT)
                .mount(new Source.Mount(mount.toString()))
                .build());
        Files.writeString(mount.resolve("file"), "precious");
        volumes.create(volume);
        assertThat(mount.resolve("file")).exists();
        volumes.destroy(volume);
        assertThat(mount).isEmptyDirectory();
    }

    @Test
    void anIdThatLeadsElsewhereIsNoDirectory() {
        assertThatThrownBy(() -> volumes.pathOf(Volumes.volume("../../etc", 10)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> volumes.pathOf(Volumes.reserved("disk", 10)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Resource on(Source source) {
        Resource volume = Volumes.volume("v1", 10);
        DiskInfo disk = volume.disk();
        return volume.toBuilder()
                .disk(new DiskInfo(disk.persistence(), disk.volume(), source))
                .build();
    }
}
