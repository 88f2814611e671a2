package org.nucleus.agent.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.agent.core.state.Change;
import org.nucleus.resources.ResourceParser;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;

class ReconfigurationTest {
    private static final AgentInfo BEFORE = info("h", "cpus:4;mem:1024;ports:[1-10]", "rack:a;level:3;range:[1-5]");

    @TempDir
    Path workDir;

    @ParameterizedTest(name = "{0}: {1}, {2}, {3} -> {4}")
    @CsvSource(delimiter = '|', textBlock = """
                    EQUAL | h | cpus:4;mem:1024;ports:[1-10] | rack:a;level:3;range:[1-5] |
                    EQUAL | i | cpus:4;mem:1024;ports:[1-10] | rack:a;level:3;range:[1-5] | hostname was 'h' and is 'i'
                    EQUAL | h | cpus:5;mem:1024;ports:[1-10] | rack:a;level:3;range:[1-5] | resources were cpus:4.0; mem:1024.0; ports:[1-10] and are cpus:5.0
                    EQUAL | h | cpus:4;mem:1024;ports:[1-10] | rack:a;level:3;range:[1-5];zone:w | attribute 'zone' is new
                    EQUAL | h | cpus:4;mem:1024;ports:[1-10] | rack:b;level:3;range:[1-5] | attribute 'rack' was 'a' and is 'b'
                    ADDITIVE | h | cpus:5;mem:1024;ports:[1-12] | rack:a;level:3;range:[0-9];zone:w |
                    ADDITIVE | h | cpus:4;mem:1024;ports:[1-10];gpus:1 | rack:a;level:3;range:[1-5] |
                    ADDITIVE | h | cpus:3;mem:1024;ports:[1-10] | rack:a;level:3;range:[1-5] | resources were
                    ADDITIVE | h | cpus:4;mem:1024;ports:[2-10] | rack:a;level:3;range:[1-5] | resources were
                    ADDITIVE | i | cpus:4;mem:1024;ports:[1-10] | rack:a;level:3;range:[1-5] | hostname was
                    ADDITIVE | h | cpus:4;mem:1024;ports:[1-10] | level:3;range:[1-5] | attribute 'rack' is gone
                    ADDITIVE | h | cpus:4;mem:1024;ports:[1-10] | rack:a;level:4;range:[1-5] | attribute 'level' was 3.0 and is 4.0
                    """)
    void allowsWhatThePolicySays(
            Reconfiguration policy, String host, String resources, String attributes, String objection) {
        var answer = policy.objection(BEFORE, info(host, resources, attributes));
        if (objection == null) {
            assertThat(answer).isEmpty();
        } else {
            assertThat(answer).hasValueSatisfying(text -> assertThat(text).contains(objection));
        }
    }

    @Test
    void anAdmittedAgentThatChangedIsRefusedWithTheDifference() throws IOException {
        Continuity continuity = new Continuity(new AgentFacts(workDir), Reconfiguration.EQUAL, false);
        try (CheckpointJournal journal = CheckpointJournal.open(workDir)) {
            continuity.check(journal, BEFORE);
            continuity.check(journal, info("other", "cpus:1", "")); // not admitted yet: nobody knows the former
            continuity.check(journal, BEFORE);
            journal.commit(List.of(new Change.AgentAdmitted(new AgentId("m-S0"))));
            continuity.check(journal, BEFORE);

            assertThatThrownBy(() -> continuity.check(journal, info("h", "cpus:8;mem:1024;ports:[1-10]", "")))
                    .isInstanceOf(Continuity.Broken.class)
                    .hasMessageContaining("attribute 'level' is gone")
                    .hasMessageContaining("--recover=cleanup");
            continuity.check(journal, BEFORE);
        }
    }

    @ParameterizedTest
    @CsvSource({"5051, 5051, true", "5051, 5052, false", "0, 5051, true", "5051, 0, true"})
    void aPortThatTheMachineChoseSaysNothing(int before, int now, boolean allowed) {
        assertThat(Reconfiguration.EQUAL.objection(at(before), at(now)).isEmpty())
                .isEqualTo(allowed);
    }

    @Test
    void afterARebootAnAgentThatChangedIsANewOne() throws IOException {
        AgentFacts facts = new AgentFacts(workDir);
        try (CheckpointJournal journal = CheckpointJournal.open(workDir)) {
            journal.commit(List.of(new Change.AgentAdmitted(new AgentId("m-S0"))));
            facts.write(new AgentFacts.Facts("another boot", BEFORE));
            new Continuity(facts, Reconfiguration.EQUAL, false).check(journal, BEFORE);
            assertThat(journal.isAdmitted()).isTrue();

            facts.write(new AgentFacts.Facts("another boot", BEFORE));
            new Continuity(facts, Reconfiguration.EQUAL, false).check(journal, info("other", "cpus:4", ""));
            assertThat(journal.isAdmitted()).isFalse();
        }
    }

    @Test
    void unreadableFactsAreSaidToBe() throws IOException {
        Files.createDirectories(workDir.resolve("meta"));
        for (byte[] garbage : List.of(new byte[] {(byte) 0xff, 1}, "x".getBytes(), "a\n{\n".getBytes(), new byte[0])) {
            Files.write(workDir.resolve("meta/agent.facts"), garbage);
            assertThatThrownBy(() -> new AgentFacts(workDir).read())
                    .isInstanceOf(CheckpointJournal.Damaged.class)
                    .hasMessageContaining("agent.facts is damaged");
        }
    }

    private static AgentInfo info(String host, String resources, String attributes) {
        return new AgentInfo(
                host,
                5051,
                ResourceParser.parse(resources, "*").toList(),
                attributes.isEmpty() ? List.of() : ResourceParser.attributes(attributes),
                null,
                null);
    }

    private static AgentInfo at(int port) {
        return new AgentInfo("h", port, List.of(), List.of(), null, null);
    }
}
