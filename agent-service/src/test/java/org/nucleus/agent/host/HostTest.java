package org.nucleus.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.resources.Resources;

class HostTest {
    private static final long GB = 1L << 30;

    @ParameterizedTest(name = "{0} GB and {1} GB -> {2}, {3}")
    @CsvSource({"8, 100, 7168, 97280", "2, 10, 1024, 5120", "1, 8, 512, 4096"})
    void leavesTheSystemItsPart(long memory, long disk, long mem, long diskMb) {
        Resources found = Resources.of(new Host(4, memory * GB, disk * GB).resources("", "*"));

        assertThat(found.thousandths("cpus")).isEqualTo(4_000);
        assertThat(found.thousandths("mem")).isEqualTo(mem * 1000);
        assertThat(found.thousandths("disk")).isEqualTo(diskMb * 1000);
        assertThat(found.ports()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} -> {1} cpus")
    @CsvSource(
            delimiter = '|',
            value = {
                "cpus:1.5|1500|7168000",
                "cpus:0|0|7168000",
                "cpus(web):2;mem:100|2000|100000",
                "[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":3}}]|3000|7168000"
            })
    void whatIsNamedCountsAndTheRestIsDetected(String given, long cpus, long mem) {
        Resources found = Resources.of(new Host(4, 8 * GB, 100 * GB).resources(given, "*"));

        assertThat(found.thousandths("cpus")).isEqualTo(cpus);
        assertThat(found.thousandths("mem")).isEqualTo(mem);
        assertThat(found.ports()).isNotEmpty();
    }
}
