package org.nucleus.benchmarks;

import java.util.Arrays;
import org.nucleus.benchmarks.scale.AllocationCycles;
import org.nucleus.benchmarks.scale.CommandTasks;
import org.nucleus.benchmarks.scale.Failover;
import org.nucleus.benchmarks.scale.Lifecycles;
import org.nucleus.benchmarks.scale.NsdiShape;
import org.nucleus.benchmarks.scale.Reconciling;
import org.nucleus.benchmarks.scale.Registration;
import org.nucleus.benchmarks.scale.StateReading;
import org.nucleus.benchmarks.stand.Arguments;

/** {@code ./nucleus benchmark NAME [argument=value…]}: runs one measurement and prints its figures. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] words) throws Exception {
        String name = words.length == 0 ? "" : words[0];
        Arguments arguments = new Arguments(Arrays.copyOfRange(words, Math.min(1, words.length), words.length));
        switch (name) {
            case "tasks" -> CommandTasks.run(arguments);
            case "allocation" -> AllocationCycles.run(arguments);
            case "lifecycles" -> Lifecycles.run(arguments);
            case "registration" -> Registration.run(arguments);
            case "failover" -> Failover.run(arguments);
            case "nsdi" -> NsdiShape.run(arguments);
            case "reconcile" -> Reconciling.run(arguments);
            case "state" -> StateReading.run(arguments);
            default -> throw new IllegalArgumentException("There is no benchmark '" + name + "'");
        }
        System.exit(0); // connections of what was measured may still wait for their ends
    }
}
