package org.nucleus.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.resources.Resources;
import org.nucleus.service.flags.FlagsException;

class FixedEstimatorTest {
    private static final String MODULES = """
            {"libraries": [{"file": "libfixed_resource_estimator.so", "modules": [
              {"name": "another", "parameters": [{"key": "resources", "value": "cpus:1"}]},
              {"name": "org_apache_mesos_FixedResourceEstimator",
               "parameters": [{"key": "unknown", "value": ""}, {"key": "resources", "value": "cpus:14;mem:512"}]}]}]}
            """;

    @Test
    void whatTheModuleIsGivenIsRevocable() {
        Resources revocable = Resources.of(FixedEstimator.revocable(FixedEstimator.NAME, MODULES));

        assertThat(revocable.nonRevocable().isEmpty()).isTrue();
        assertThat(revocable.thousandths("cpus")).isEqualTo(14_000);
        assertThat(revocable.thousandths("mem")).isEqualTo(512_000);
    }

    @Test
    void bracketsAroundOneMayBeLeftOutAndAFileMayHoldIt(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("modules"), """
                {"libraries": {"modules": {"name": "org_apache_mesos_FixedResourceEstimator",
                  "parameters": {"key": "resources", "value": "cpus:2"}}}}
                """);

        assertThat(Resources.of(FixedEstimator.revocable(FixedEstimator.NAME, file.toString()))
                        .thousandths("cpus"))
                .isEqualTo(2_000);
        assertThat(FixedEstimator.revocable(FixedEstimator.NAME, "file://" + file))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    another | {} | --resource_estimator must be org_apache_mesos_FixedResourceEstimator, not 'another'
                    org_apache_mesos_FixedResourceEstimator | {} | no parameter 'resources'
                    org_apache_mesos_FixedResourceEstimator | {"libraries" | --modules must be JSON
                    org_apache_mesos_FixedResourceEstimator | /nowhere/modules | --modules /nowhere/modules cannot be read
                    """)
    void whatCannotBeFollowedEndsTheStart(String estimator, String modules, String sentence) {
        assertThatThrownBy(() -> FixedEstimator.revocable(estimator, modules))
                .isInstanceOf(FlagsException.class)
                .hasMessageContaining(sentence);
    }
}
