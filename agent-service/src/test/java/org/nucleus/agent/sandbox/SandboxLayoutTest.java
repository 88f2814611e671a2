package org.nucleus.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.service.files.SecureTree;

class SandboxLayoutTest {
    @TempDir
    private Path work;

    private static SandboxLayout.Run run(String executor, String container) {
        return new SandboxLayout.Run("m-S0", "m-0000", executor, container);
    }

    @Test
    void theLatestRunIsLinked() throws IOException {
        var layout = new SandboxLayout(work);
        layout.create(run("e", "c1"));
        Path second = layout.create(run("e", "c2"));
        assertThat(second).isEqualTo(work.resolve("slaves/m-S0/frameworks/m-0000/executors/e/runs/c2"));
        assertThat(layout.latest(run("e", "c1")).toRealPath()).isEqualTo(second.toRealPath());
        assertThat(layout.list()).containsExactly(run("e", "c1"), run("e", "c2"));
    }

    @Test
    void pruningRemovesWhatHoldsNothingAndStopsThere() throws IOException {
        var layout = new SandboxLayout(work);
        Path kept = layout.create(run("a", "c1"));
        Path gone = layout.create(run("b", "c2"));
        SecureTree.delete(gone);
        layout.prune(gone);
        assertThat(kept).exists();
        assertThat(work.resolve("slaves/m-S0/frameworks/m-0000/executors/b")).doesNotExist();
        SecureTree.delete(kept);
        layout.prune(kept);
        assertThat(work.resolve("slaves")).isEmptyDirectory();
    }

    @Test
    void deletingATreeLeavesWhatItsLinksPointTo() throws IOException {
        Path outside = Files.createDirectory(work.resolve("outside"));
        Files.writeString(outside.resolve("file"), "x");
        Path tree = Files.createDirectories(work.resolve("tree/deep"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        SecureTree.delete(work.resolve("tree"));
        SecureTree.delete(work.resolve("tree"));
        assertThat(work.resolve("tree")).doesNotExist();
        assertThat(outside.resolve("file")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\nb"})
    void anIdThatIsNoDirectorysNameIsRefused(String id) {
        assertThat(SandboxLayout.isSegment(id)).isFalse();
        assertThatThrownBy(() -> run(id, "c")).isInstanceOf(IllegalArgumentException.class);
    }
}
