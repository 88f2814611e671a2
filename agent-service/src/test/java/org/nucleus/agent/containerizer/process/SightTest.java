package org.nucleus.agent.containerizer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Surroundings;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.Volume;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.containerizer.isolator.IsolationRefused;
import org.nucleus.agent.containerizer.isolator.Isolator;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;

/** What containers see of the machine, and the volumes they find in their sandboxes. */
class SightTest {
    private static final ContainerId ID = new ContainerId("c1", null);
    private static final String NAMESPACES = "filesystem/linux,namespaces/pid,posix/rlimits";

    /** The agent's own. */
    @TempDir
    private Path work;

    /** Anyone's. */
    @TempDir
    private Path elsewhere;

    private @Nullable ProcessContainerizer containerizer;

    @AfterEach
    void nothingIsMounted() throws Exception {
        if (containerizer != null) {
            containerizer.kill(ID, Signal.KILL);
            await(containerizer.termination(ID));
            containerizer.close();
        }
        assertThat(Files.readAllLines(Path.of("/proc/self/mounts")))
                .noneMatch(line -> line.contains(work.toString()) || line.contains(elsewhere.toString()));
    }

    private ProcessContainerizer open(String isolators) throws IOException {
        Isolation isolation;
        try {
            isolation = Isolation.open(
                    Isolation.Settings.of(Isolator.parse(isolators)).hiding(List.of(work)));
        } catch (IsolationRefused e) {
            System.out.println("Skipped: " + e.getMessage());
            return abort(String.valueOf(e.getMessage()));
        }
        var everyone = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.setPosixFilePermissions(work, everyone);
        Files.setPosixFilePermissions(elsewhere, everyone);
        var fetcher = new Fetcher(Fetcher.Settings.defaults(), InstantSource.system());
        containerizer = new ProcessContainerizer(work.resolve("containers"), fetcher, true, isolation);
        return containerizer;
    }

    private Path sandbox() {
        return work.resolve("sandboxes").resolve("c1");
    }

    private Launch launch(ContainerId id, String command, @Nullable String user, Volume... volumes) {
        return new Launch(
                        id,
                        CommandInfo.builder().value(command).build(),
                        new LinkedHashMap<>(),
                        sandbox(),
                        user,
                        Limits.none())
                .in(new Surroundings(List.of(volumes), false));
    }

    private String output(String command, @Nullable String user, Volume... volumes) throws Exception {
        ProcessContainerizer opened = containerizer == null ? open(NAMESPACES) : containerizer;
        await(opened.launch(launch(ID, command, user, volumes)));
        assertThat(await(opened.termination(ID)))
                .as(Files.readString(sandbox().resolve("stderr")))
                .isEqualTo(new Termination.Exited(0));
        return Files.readString(sandbox().resolve("stdout"));
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static Volume readWrite(String path, Volume.Source source) {
        return new Volume(path, false, source);
    }

    private Path persistent(String content) throws IOException {
        Path volume = Files.createDirectories(work.resolve("volumes/roles/r/v1"));
        Files.writeString(volume.resolve("kept"), content);
        return volume;
    }

    @Test
    void aTaskSeesNoProcessButItsOwn() throws Exception {
        String pids = output("ls /proc | grep '^[0-9]' | tr '\\n' ' '; readlink /proc/1/exe; echo $$", null);
        String[] lines = pids.split("\n");
        assertThat(lines[0]).startsWith("1 2 ").endsWith("/bin/dash");
        assertThat(lines[0].split(" ").length).isLessThan(10);
        assertThat(lines[1]).isEqualTo("2");
    }

    @Test
    void aTaskReachesNoProcessOfOthers() throws Exception {
        long self = ProcessHandle.current().pid();
        assertThat(output("kill -0 " + self + " 2>/dev/null || echo unreachable", null))
                .isEqualTo("unreachable\n");
    }

    @Test
    void aTaskSeesItsSandboxAndNothingElseOfTheAgents() throws Exception {
        Files.createDirectories(work.resolve("sandboxes").resolve("other"));
        Files.createDirectories(sandbox());
        Files.writeString(sandbox().resolve("mine"), "mine");
        assertThat(output("pwd; cat mine; echo; ls " + work + " " + work.resolve("sandboxes") + "; touch made", null))
                .isEqualTo(sandbox() + "\nmine\n" + work + ":\nsandboxes\n\n" + work.resolve("sandboxes") + ":\nc1\n");
        assertThat(sandbox().resolve("made")).exists();
    }

    @Test
    void aUserOtherThanRootDoesSoToo() throws Exception {
        assertThat(output("id -un; touch made; ls /proc/1/cwd/ >/dev/null 2>&1 || echo denied", "nobody"))
                .isEqualTo("nobody\ndenied\n");
        assertThat(Files.getOwner(sandbox().resolve("made")).getName()).isEqualTo("nobody");
    }

    @Test
    void theFirstProcessReapsWhatOthersLeave() throws Exception {
        String orphans = "for i in 1 2 3; do (sh -c 'true' & ) ; done; until [ \"$(ps -e -o stat= | grep -c Z)\" = 0 ];"
                + " do :; done; echo none";
        assertThat(output(orphans, null)).isEqualTo("none\n");
    }

    @Test
    void aTaskCannotEndItsSupervisor() throws Exception {
        assertThat(output("kill -9 1; echo alive", null)).isEqualTo("alive\n");
    }

    @Test
    void aTaskThatKillsAllAroundItIsToldOf() throws Exception {
        var opened = open(NAMESPACES);
        await(opened.launch(launch(ID, "kill -9 0", null)));
        assertThat(await(opened.termination(ID))).isEqualTo(new Termination.Signaled(9));
    }

    @Test
    void daemonsEndWithTheirTask() throws Exception {
        Path alive = Files.createFile(elsewhere.resolve("alive"));
        output(
                "(setsid sh -c 'exec 9<" + alive + "; exec sleep 1000' &) ; until ls -l /proc/*/fd 2>/dev/null"
                        + " | grep -q " + alive + "; do :; done",
                null);
        assertThat(new ProcessBuilder("fuser", "-s", alive.toString()).start().waitFor())
                .as("nobody has the file open")
                .isNotZero();
    }

    @Test
    void aCheckSeesWhatItsTaskSees() throws Exception {
        var opened = open(NAMESPACES);
        await(opened.launch(launch(ID, "echo x > flag; exec sleep 1000", null)));
        var check = new ContainerId("check-1", ID);
        await(opened.launch(launch(
                check,
                "test -e /proc/2 && test ! -e /proc/" + ProcessHandle.current().pid() + " && test ! -e "
                        + work.resolve("containers") + " && until test -e flag; do :; done",
                null)));
        assertThat(await(opened.termination(check))).isEqualTo(new Termination.Exited(0));
        opened.forget(check);
    }

    @Test
    void hostPathsAreMountedForReadingOrWriting() throws Exception {
        Files.writeString(elsewhere.resolve("given"), "given\n");
        var source = new Volume.Source.Host(elsewhere);
        String command = "cat rw/given; echo made > rw/made; echo no 2>/dev/null > ro/no || echo refused; cat ro/made";
        assertThat(output(command, null, readWrite("rw", source), new Volume("ro", true, source)))
                .isEqualTo("given\nrefused\nmade\n");
        assertThat(elsewhere.resolve("made")).hasContent("made");
        assertThat(sandbox().resolve("rw")).isEmptyDirectory();
    }

    @Test
    void aFileCanBeMountedToo() throws Exception {
        Path file = Files.writeString(elsewhere.resolve("one"), "one\n");
        assertThat(output("cat etc/one", null, new Volume("etc/one", true, new Volume.Source.Host(file))))
                .isEqualTo("one\n");
    }

    @Test
    void aPersistentVolumeOutlivesItsTask() throws Exception {
        Path volume = persistent("old\n");
        var source = new Volume.Source.Persistent(volume, false);
        assertThat(output("cat data/kept; echo new > data/made", "nobody", readWrite("data", source)))
                .isEqualTo("old\n");
        assertThat(volume.resolve("made")).hasContent("new");
        assertThat(Files.getOwner(volume).getName()).isEqualTo("nobody");
    }

    @Test
    void aPersistentVolumeThatIsGoneFailsTheLaunch() throws Exception {
        var opened = open(NAMESPACES);
        var source = new Volume.Source.Persistent(work.resolve("volumes/gone"), false);
        assertThatThrownBy(() -> await(opened.launch(launch(ID, "true", null, readWrite("data", source)))))
                .hasCauseInstanceOf(LaunchFailed.class)
                .hasMessageContaining("Failed to mount the volume 'data'")
                .hasMessageContaining("No such file");
    }

    @Test
    void partsOfASandboxAreShared() throws Exception {
        Path parent = Files.createDirectories(sandbox().resolveSibling("parent"));
        assertThat(output(
                        "echo x > shared/x; ls twice",
                        null,
                        readWrite("shared", new Volume.Source.Sandbox(parent, "common/here")),
                        readWrite("twice", new Volume.Source.Sandbox(parent, "common/here"))))
                .isEqualTo("x\n");
        assertThat(parent.resolve("common/here/x")).exists();
    }

    @Test
    void aSecretIsAFileOnNoDisk() throws Exception {
        var secret = new Volume.Source.Secret(new Volume.Content("s3cret".getBytes(StandardCharsets.UTF_8)));
        assertThat(output(
                        "cat etc/token; stat -f -c ' %T' etc/token; stat -c %a:%U etc/token",
                        "nobody", readWrite("etc/token", secret)))
                .isEqualTo("s3cret ramfs\n400:nobody\n");
        assertThat(sandbox().resolve("etc/token")).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc", "/", ".", "", "a/\0b", "link/x", "link"})
    void noVolumeLeadsOutOfTheSandbox(String path) throws Exception {
        for (String isolators : List.of(NAMESPACES, "posix")) {
            Files.createDirectories(sandbox());
            Files.deleteIfExists(sandbox().resolve("link"));
            Files.createSymbolicLink(sandbox().resolve("link"), elsewhere);
            var source = new Volume.Source.Persistent(persistent("x"), true);
            try (var opened = open(isolators)) {
                var id = new ContainerId("escape-" + isolators.length(), null);
                assertThatThrownBy(() -> await(opened.launch(launch(id, "true", null, readWrite(path, source)))))
                        .hasCauseInstanceOf(LaunchFailed.class);
            }
            containerizer = null;
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void theAgentsOwnFilesAreNoVolume() throws Exception {
        var opened = open(NAMESPACES);
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), work.resolve("containers"));
        assertThatThrownBy(() -> await(
                        opened.launch(launch(ID, "true", null, readWrite("agent", new Volume.Source.Host(link))))))
                .hasMessageContaining("is the agent's own");
    }

    @Test
    void withoutMountsVolumesAreLinksOrRefused() throws Exception {
        open("posix");
        Path volume = persistent("old\n");
        assertThat(output("cat data/kept", null, readWrite("data", new Volume.Source.Persistent(volume, true))))
                .isEqualTo("old\n");
        var other = new ContainerId("c2", null);
        var host = new Volume("x", true, new Volume.Source.Host(elsewhere));
        assertThatThrownBy(() -> await(containerizer.launch(launch(other, "true", null, host))))
                .hasMessageContaining("--isolation=filesystem/linux");
    }

    @Test
    void sharingTheMachinesProcessesIsGrantedOnDemand() throws Exception {
        var opened = open(NAMESPACES);
        long self = ProcessHandle.current().pid();
        await(opened.launch(launch(ID, "test -e /proc/" + self, null).in(new Surroundings(List.of(), true))));
        assertThat(await(opened.termination(ID))).isEqualTo(new Termination.Exited(0));
    }
}
