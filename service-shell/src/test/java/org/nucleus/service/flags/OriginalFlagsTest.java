package org.nucleus.service.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginalFlagsTest {
    @TempDir
    Path directory;

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("flags"), "# ours\nagent_ping_timeout=1secs\nip=file-ip\n\nport=1\n");
        Map<String, String> environment = Map.of(
                "MESOS_FLAGS_FILE", "file://" + file, "MESOS_PORT", "2", "MESOS_IP", "env-ip", "MESOS_VERSION", "x");

        assertThat(read(environment, "--port=3"))
                .containsEntry("nucleus.sample.agent-ping-timeout", "1secs")
                .containsEntry("nucleus.sample.ip", "env-ip")
                .containsEntry("server.address", "env-ip")
                .containsEntry("server.port", "3");
    }

    @Test
    void aFlagThatIsNotGivenTellsSpringItsDefault() {
        assertThat(FlagDeclarations.of("sample").springDefaults())
                .containsEntry("server.port", "0")
                .containsEntry("server.address", "127.0.0.1");
        assertThat(read(Map.of())).doesNotContainKey("server.port");
    }

    @Test
    void aFlagsFileMayBeAJsonObject() throws IOException {
        Path file =
                Files.writeString(directory.resolve("flags.json"), "{\"port\": 7, \"acls\": {\"permissive\": false}}");

        assertThat(read(Map.of(), "--flags_file=" + file))
                .containsEntry("nucleus.sample.port", "7")
                .containsEntry("nucleus.sample.acls", "{\"permissive\":false}");
    }

    @Test
    void switchesAreWrittenInFourWays() {
        String property = "nucleus.sample.authenticate-agents";
        assertThat(read(Map.of(), "--authenticate_agents")).containsEntry(property, "true");
        assertThat(read(Map.of(), "--no-authenticate_agents")).containsEntry(property, "false");
        assertThat(read(Map.of(), "--authenticate_slaves=true")).containsEntry(property, "true");
        assertThat(read(Map.of("MESOS_AUTHENTICATE_AGENTS", ""))).containsEntry(property, "true");
    }

    @Test
    void valuesMayFollowAfterASpaceAndNamesMayHaveDashes() {
        assertThat(read(Map.of(), "--agent-ping-timeout", "3secs", "--port", "5"))
                .containsEntry("nucleus.sample.agent-ping-timeout", "3secs")
                .containsEntry("server.port", "5");
    }

    @Test
    void aFileStandsForItsContentUnlessAPathIsAskedFor() throws IOException {
        Path file = Files.writeString(directory.resolve("acls"), "{\"a\": \"${b}\"}\n");

        assertThat(read(Map.of(), "--acls=file://" + file, "--credentials=file://" + file))
                .containsEntry("nucleus.sample.acls", "{\"a\": \"\\${b}\"}")
                .containsEntry("nucleus.sample.credentials", file.toString());
    }

    @Test
    void anUnknownFlagIsRefusedWithItsNearestNeighbour() {
        assertThatThrownBy(() -> read(Map.of(), "--agent_ping_timout=1secs"))
                .isInstanceOf(FlagsException.class)
                .hasMessage("The sample knows no flag --agent_ping_timout. Did you mean --agent_ping_timeout?");
    }

    @Test
    void ignoredFlagsAndSpringsOwnAreAccepted() {
        OriginalFlags flags = OriginalFlags.read(
                FlagDeclarations.of("sample"), "MESOS_", Map.of(), List.of("--quorum=2", "--logging.level.root=INFO"));

        assertThat(flags.properties()).isEmpty();
        assertThat(flags.springArguments()).containsExactly("--logging.level.root=INFO");
    }

    @Test
    void missingValuesAndFilesAreSaid() {
        assertThatThrownBy(() -> read(Map.of(), "--acls")).hasMessage("The flag --acls needs a value.");
        assertThatThrownBy(() -> read(Map.of(), "--acls=file:///nowhere/at/all"))
                .isInstanceOf(FlagsException.class)
                .hasMessageStartingWith("Cannot read the file /nowhere/at/all");
        assertThatThrownBy(() -> read(Map.of(), "start")).isInstanceOf(FlagsException.class);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "15secs, PT15S",
        "10mins, PT10M",
        "1.5hrs, PT1H30M",
        "500ms, PT0.5S",
        "2weeks, PT336H",
        "0ns, PT0S",
        "PT3S, PT3S",
        "20s, PT20S",
        "300000, PT5M"
    })
    void durationsAreReadAsTheOriginalsWriteThem(String text, Duration expected) {
        assertThat(MesosDuration.parse(text)).isEqualTo(expected);
    }

    private static Map<String, Object> read(Map<String, String> environment, String... arguments) {
        return OriginalFlags.read(FlagDeclarations.of("sample"), "MESOS_", environment, List.of(arguments))
                .properties();
    }
}
