package org.nucleus.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.wire.OfferFilters.MinAllocatableResources;
import org.nucleus.wire.OfferFilters.ResourceQuantities;
import org.nucleus.wire.Value;

class MinAllocatableTest {
    @ParameterizedTest(name = "{0} by {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    cpus:0.01 / mem:32      | cpus:0.01          | true
                    cpus:0.01 / mem:32      | cpus:0.009;mem:32  | true
                    cpus:0.01 / mem:32      | cpus:0.009;mem:31  | false
                    cpus:0.01 / mem:32      | disk:100           | false
                    cpus:1;mem:32 / disk:5  | cpus:1             | false
                    cpus:1;mem:32 / disk:5  | cpus:1;mem:32      | true
                    cpus:1;mem:32 / disk:5  | disk:5             | true
                    cpus:1                  | cpus:0.5;cpus(a):0.5 | true
                    ''                      | disk:0.001         | true
                    """)
    void isMetByAnyOfItsChoices(String text, String resources, boolean expected) {
        MinAllocatable least = MinAllocatable.parse(text.replace(" / ", "|"));
        assertThat(least.isMetBy(ResourceParser.parse(resources, "*"))).isEqualTo(expected);
    }

    @Test
    void theDefaultIsTheOriginals() {
        assertThat(MinAllocatable.DEFAULT).hasToString("cpus:0.01|mem:32");
    }

    @Test
    void isReadFromAFramework() {
        var filter = new MinAllocatableResources(List.of(new ResourceQuantities(Map.of("gpus", new Value.Scalar(1)))));
        assertThat(MinAllocatable.of(filter)).isEqualTo(MinAllocatable.parse("gpus:1"));
        assertThat(MinAllocatable.of(new MinAllocatableResources(List.of())).isMetBy(Resources.none()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ports:[1-2]", "cpus(a):1", "cpus", "cpus:-1"})
    void refusesWhatIsNoQuantity(String text) {
        assertThatThrownBy(() -> MinAllocatable.parse(text)).isInstanceOf(InvalidResources.class);
    }
}
