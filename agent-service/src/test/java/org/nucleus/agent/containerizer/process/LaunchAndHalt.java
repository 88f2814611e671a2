package org.nucleus.agent.containerizer.process;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;

/**
 * An agent that dies without a word: as soon as its one container runs, or when half of many do. Arguments: root,
 * directory of the sandboxes, command, ids.
 */
public final class LaunchAndHalt {
    private static final int IDS_FROM = 3;

    private LaunchAndHalt() {}

    public static void main(String[] arguments) throws Exception {
        var containerizer = new ProcessContainerizer(
                Path.of(arguments[0]),
                new Fetcher(Fetcher.Settings.defaults(), InstantSource.system()),
                true,
                Isolation.open(Isolation.Settings.posix()));
        var command = CommandInfo.builder().value(arguments[2]).build();
        var started = new CountDownLatch((arguments.length - IDS_FROM + 1) / 2);
        for (int i = IDS_FROM; i < arguments.length; i++) {
            Path sandbox = Path.of(arguments[1]).resolve(arguments[i]);
            var id = new ContainerId(arguments[i], null);
            containerizer
                    .launch(new Launch(id, command, new LinkedHashMap<>(), sandbox))
                    .thenRun(started::countDown);
        }
        if (started.await(30, TimeUnit.SECONDS)) {
            Runtime.getRuntime().halt(9);
        }
    }
}
