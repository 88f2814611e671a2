package org.nucleus.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.election.MasterNode;
import org.nucleus.wire.Address;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.zookeeper.ZooKeeperClient;
import org.nucleus.zookeeper.ZooKeeperUrl;

/** The packaged jar is all that a framework needs to put before the original: what it uses itself is in it, renamed. */
class DriverJarTest {
    @ParameterizedTest
    @ValueSource(strings = {"mesos-1.11.0.jar", "mesos-1.11.0-shaded-protobuf.jar"})
    void aFrameworkRunsWithTheJarBeforeTheOriginal(String original, @TempDir Path folder) throws Exception {
        try (ScriptedMaster master = new ScriptedMaster();
                TestingServer zooKeeper = new TestingServer();
                var curator = ZooKeeperClient.connect(
                        ZooKeeperUrl.parse("zk://" + zooKeeper.getConnectString() + "/mesos"),
                        Duration.ofSeconds(10))) {
            MasterNode.publish(curator, "/mesos", info(master));
            Path output = folder.resolve("output");
            Process framework = start(original, "zk://" + zooKeeper.getConnectString() + "/mesos", output);
            try {
                ScriptedMaster.Stream stream = master.subscribed();
                stream.send(Samples.offers("o1"));
                assertThat(master.awaitCall().type()).isEqualTo(Call.Type.ACCEPT);
                stream.send(Samples.update("task-1", TaskState.TASK_FINISHED, true));
                assertThat(master.awaitCall().type()).isEqualTo(Call.Type.TEARDOWN);
                assertThat(framework.waitFor(20, TimeUnit.SECONDS)).isTrue();
            } finally {
                framework.destroyForcibly();
            }
            assertThat(framework.exitValue()).isZero();
            assertThat(Files.readString(output, StandardCharsets.UTF_8)).doesNotContain("SLF4J", "Exception");
        }
    }

    private static Process start(String original, String master, Path output) throws Exception {
        List<String> others = Stream.of(original, "protobuf-java-", "test-classes")
                .filter(name -> !(original.contains("shaded") && name.startsWith("protobuf")))
                .map(DriverJarTest::onOwnClassPath)
                .toList();
        String classPath =
                System.getProperty("driver.jar") + File.pathSeparator + String.join(File.pathSeparator, others);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        OneTaskFramework.class.getName(),
                        master)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static String onOwnClassPath(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private static MasterInfo info(ScriptedMaster master) {
        return MasterInfo.builder()
                .id("m")
                .ip(0x0100007F)
                .port(master.port())
                .address(new Address("127.0.0.1", "127.0.0.1", master.port()))
                .build();
    }
}
