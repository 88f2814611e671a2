package org.nucleus.agent.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsolatorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "posix/cpu,posix/mem | posix/cpu,posix/mem",
                "process | posix/cpu,posix/mem",
                "cgroups | cgroups/cpu,cgroups/mem",
                "cgroups/all | cgroups/cpu,cgroups/mem,cgroups/pids",
                "cgroups/mem | posix/cpu,cgroups/mem",
                "posix/disk, posix/rlimits | posix/cpu,posix/mem,posix/rlimits,disk/du",
            })
    void namesAndAliasesAreThoseOfTheOriginal(String asked, String meant) {
        assertThat(Isolator.list(Isolator.parse(asked))).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpu/nvidia | --isolation=gpu/nvidia is not supported by this agent.",
                "cgroups/cpus | --isolation names an unknown isolator, 'cgroups/cpus'."
            })
    void whatCannotBeGivenIsRefused(String asked, String sentence) {
        assertThatThrownBy(() -> Isolator.parse("posix/cpu," + asked))
                .isInstanceOf(IsolationRefused.class)
                .hasMessageStartingWith(sentence)
                .hasMessageContaining("Choose among: posix/cpu, posix/mem,");
    }

    @Test
    void controlsNeedTheLauncherThatHasCgroups() {
        var settings = new Isolation.Settings(
                Isolator.parse("cgroups/mem"),
                false,
                "nucleus",
                false,
                false,
                0,
                false,
                Duration.ofSeconds(1),
                List.of());
        assertThatThrownBy(() -> Isolation.open(settings))
                .isInstanceOf(IsolationRefused.class)
                .hasMessage("--isolation=posix/cpu,cgroups/mem needs cgroups, which --launcher=posix does without. "
                        + "Use --launcher=linux.");
    }

    @Test
    void controllersOfVersionOneAreFoundWhereTheyAreMounted(@TempDir Path unified) throws Exception {
        Files.writeString(unified.resolve("cgroup.controllers"), "\n");
        Hierarchies found = Hierarchies.parse(List.of(
                "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755",
                "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct",
                "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
                "41 31 0:38 / " + unified + " rw,relatime - cgroup2 cgroup2 rw"));
        assertThat(found.of("cpu")).contains(Path.of("/sys/fs/cgroup/cpu,cpuacct"));
        assertThat(found.of("cpuacct")).contains(Path.of("/sys/fs/cgroup/cpu,cpuacct"));
        assertThat(found.of("memory")).contains(Path.of("/sys/fs/cgroup/memory"));
        assertThat(found.of("pids")).isEmpty();
        assertThat(found.forTracking()).contains(unified);
    }

    @Test
    void controllersOfVersionTwoAreThoseItSays(@TempDir Path unified) throws Exception {
        Files.writeString(unified.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        Hierarchies found = Hierarchies.parse(
                List.of("41 31 0:38 / " + unified + " rw,nosuid - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot"));
        for (String controller : List.of("cpu", "cpuacct", "memory", "pids")) {
            assertThat(found.isUnified(controller)).isTrue();
            assertThat(found.of(controller)).contains(unified);
        }
        assertThat(found.of("hugetlb")).isEmpty();
    }

    @Test
    void withoutVersionTwoTheFreezerKeepsProcessesTogether() throws Exception {
        Hierarchies found = Hierarchies.parse(
                List.of("37 31 0:34 / /sys/fs/cgroup/freezer rw,relatime - cgroup cgroup rw,freezer"));
        assertThat(found.forTracking()).contains(Path.of("/sys/fs/cgroup/freezer"));
    }
}
