package org.nucleus.marathon.core.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The ports of an app on the host's network.
 *
 * @param required whether exactly the defined numbers are taken on the host, or any free ones
 */
public record Ports(List<PortDefinition> definitions, boolean required) {
    public Ports {
        definitions = List.copyOf(definitions);
    }

    public List<Integer> numbers() {
        return definitions.stream().map(PortDefinition::port).toList();
    }

    public Ports withNumbers(List<Integer> numbers) {
        List<PortDefinition> changed = new ArrayList<>();
        for (int i = 0; i < definitions.size(); i++) {
            changed.add(definitions.get(i).withPort(numbers.get(i)));
        }
        return new Ports(changed, required);
    }
}
