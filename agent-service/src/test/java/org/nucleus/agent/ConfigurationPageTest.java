package org.nucleus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nucleus.service.test.ConfigurationPage;

class ConfigurationPageTest {
    @Test
    void thePageListsEveryFlag() throws Exception {
        ConfigurationPage.Compared section = new ConfigurationPage("agent", "MESOS_").compare();

        assertThat(section.written())
                .as("docs/configuration.md is stale: run this test with -Drewrite=true")
                .isEqualTo(section.expected());
    }
}
