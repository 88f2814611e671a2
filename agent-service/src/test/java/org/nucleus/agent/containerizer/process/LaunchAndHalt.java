package org.nucleus.agent.containerizer.process;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;

/** An agent that dies without a word as soon as its container runs. Arguments: root, sandbox, id, command. */
public final class LaunchAndHalt {
    private LaunchAndHalt() {}

    public static void main(String[] arguments) throws Exception {
        var containerizer = new ProcessContainerizer(
                Path.of(arguments[0]), new Fetcher(Fetcher.Settings.defaults(), InstantSource.system()), true);
        var command = CommandInfo.builder().value(arguments[3]).build();
        var launch = new Launch(
                new ContainerId(arguments[2], null), command, new LinkedHashMap<>(), Path.of(arguments[1]));
        containerizer.launch(launch).get(30, TimeUnit.SECONDS);
        Runtime.getRuntime().halt(9);
    }
}
