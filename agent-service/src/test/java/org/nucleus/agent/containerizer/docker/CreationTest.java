package org.nucleus.agent.containerizer.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.ContainerInfo.DockerInfo;
import org.nucleus.wire.ContainerInfo.DockerInfo.Network;
import org.nucleus.wire.ContainerInfo.DockerInfo.PortMapping;
import org.nucleus.wire.Parameter;
import org.nucleus.wire.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CreationTest {
    private static final long MIB = 1 << 20;

    @Test
    void aShellsLineReplacesTheEntrypoint() throws LaunchFailed {
        JsonNode made = created(docker(), CommandInfo.builder().value("echo $A").build());
        assertThat(made.path("Entrypoint")).isEqualTo(read("[\"/bin/sh\"]"));
        assertThat(made.path("Cmd")).isEqualTo(read("[\"-c\",\"echo $A\"]"));
    }

    @Test
    void withoutAShellTheImagesEntrypointGetsTheWords() throws LaunchFailed {
        JsonNode made = created(
                docker(),
                CommandInfo.builder()
                        .shell(false)
                        .value("serve")
                        .arguments(List.of("-p", "80"))
                        .build());
        assertThat(made.has("Entrypoint")).isFalse();
        assertThat(made.path("Cmd")).isEqualTo(read("[\"serve\",\"-p\",\"80\"]"));
        assertThat(created(docker(), CommandInfo.builder().shell(false).build()).has("Cmd"))
                .isFalse();
    }

    @Test
    void publishesOfferedPortsOnly() throws LaunchFailed {
        DockerInfo.Builder bridged = docker().network(Network.BRIDGE);
        bridged.portMappings(List.of(new PortMapping(31000, 80, null), new PortMapping(31001, 53, "UDP")));
        JsonNode made = created(bridged, CommandInfo.builder().build());
        assertThat(made.path("HostConfig").path("PortBindings"))
                .isEqualTo(read("{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"31000\"}],"
                        + "\"53/udp\":[{\"HostIp\":\"\",\"HostPort\":\"31001\"}]}"));
        bridged.portMappings(List.of(new PortMapping(8080, 80, null)));
        assertThat(refusal(bridged)).isEqualTo("Port [8080] not included in resources");
        bridged.network(Network.HOST);
        assertThat(refusal(bridged)).contains("only supported for bridge and user-defined networks");
    }

    @Test
    void aUsersNetworkNeedsAName() {
        assertThat(refusal(docker().network(Network.USER))).isEqualTo("No network name found in network info");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "rm", "restart", "tty", "gpus", "health-cmd", "no-such-thing"})
    void namesAParameterItDoesNotHave(String key) {
        assertThat(refusal(docker().parameters(List.of(new Parameter(key, "1")))))
                .contains("'" + key + "'");
    }

    @Test
    void namesAParameterThatIsNotOfItsKind() {
        assertThat(refusal(docker().parameters(List.of(new Parameter("memory", "much")))))
                .isEqualTo("The Docker parameter 'memory' cannot be 'much'");
    }

    @ParameterizedTest(name = "{0}={1} sets {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "env; A=b; /Env/2; \"A=b\"",
                "label; a=b=c; /Labels/a; \"b=c\"",
                "user; 7:8; /User; \"7:8\"",
                "hostname; h; /Hostname; \"h\"",
                "cap-add; NET_ADMIN; /HostConfig/CapAdd; [\"NET_ADMIN\"]",
                "memory; 64m; /HostConfig/Memory; 67108864",
                "memory-swap; -1; /HostConfig/MemorySwap; -1",
                "ulimit; nofile=10:20; /HostConfig/Ulimits/0; {\"Name\":\"nofile\",\"Soft\":10,\"Hard\":20}",
                "device; /dev/fuse; /HostConfig/Devices/0/PathInContainer; \"/dev/fuse\"",
                "tmpfs; /run:size=1m; /HostConfig/Tmpfs; {\"/run\":\"size=1m\"}",
                "publish; 127.0.0.1:8:9/udp; /HostConfig/PortBindings; "
                        + "{\"9/udp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"8\"}]}",
                "network-alias; db; /NetworkingConfig/EndpointsConfig/host/Aliases; [\"db\"]",
                "sysctl; net.core.somaxconn=9; /HostConfig/Sysctls/net.core.somaxconn; \"9\"",
                "read-only; true; /HostConfig/ReadonlyRootfs; true"
            })
    void setsAParametersField(String key, String value, String pointer, String expected) throws LaunchFailed {
        JsonNode made = created(
                docker().parameters(List.of(new Parameter(key, value))),
                CommandInfo.builder().build());
        assertThat(made.at(pointer)).isEqualTo(read(expected));
    }

    @Test
    void limitsAreInTheEnginesUnits() {
        assertThat(EngineLimits.of(new Limits(500, null, 64 * MIB, null, null, List.of()), false))
                .isEqualTo(read("{\"CpuShares\":512,\"Memory\":67108864}"));
        assertThat(EngineLimits.of(new Limits(1, null, MIB, null, null, List.of()), true))
                .isEqualTo(read("{\"CpuShares\":2,\"CpuPeriod\":100000,\"CpuQuota\":1000,\"Memory\":33554432}"));
        assertThat(EngineLimits.of(new Limits(1000, 2000L, 64 * MIB, Limits.UNLIMITED, null, List.of()), true))
                .isEqualTo(read("{\"CpuShares\":1024,\"CpuPeriod\":100000,\"CpuQuota\":200000,"
                        + "\"MemoryReservation\":67108864}"));
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, latest, https://index.docker.io/v1/",
        "user/a:2, user/a, 2, https://index.docker.io/v1/",
        "localhost:5000/a, localhost:5000/a, latest, localhost:5000",
        "r.example/a/b:x, r.example/a/b, x, r.example",
        "r.example/a@sha256:ff, r.example/a, sha256:ff, r.example"
    })
    void readsAnImagesName(String text, String name, String tag, String registry) {
        assertThat(ImageName.parse(text)).isEqualTo(new ImageName(name, tag));
        assertThat(ImageName.parse(text).registry()).isEqualTo(registry);
    }

    private static DockerInfo.Builder docker() {
        return DockerInfo.builder().image("image");
    }

    private static String refusal(DockerInfo.Builder docker) {
        var refused = assertThatExceptionOfType(LaunchFailed.class)
                .isThrownBy(() -> created(docker, CommandInfo.builder().build()))
                .actual();
        return String.valueOf(refused.getMessage());
    }

    private static JsonNode created(DockerInfo.Builder docker, CommandInfo command) throws LaunchFailed {
        ContainerInfo info = ContainerInfo.builder()
                .type(ContainerInfo.Type.DOCKER)
                .docker(docker.build())
                .build();
        Launch launch = new Launch(new ContainerId("c", null), command, new LinkedHashMap<>(), Path.of("/sandbox"))
                .in(new Launch.Docker(info, List.of(new Value.Range(31000, 32000))));
        return Creation.of(launch, "agent", false);
    }

    /** Numbers as the writer makes them. */
    private static JsonNode read(String json) {
        return JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.USE_LONG_FOR_INTS)
                .build()
                .readTree(json);
    }
}
