package org.nucleus.agent.probe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.CheckKey;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Probe;
import org.nucleus.agent.core.state.ProbeResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each probe on a virtual thread of its own; at most one at a time for each check. One that is stopped tells nothing.
 * Thread-safe.
 */
public final class Prober implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Prober.class);

    private final CommandProbe commands;
    private final HttpProbe pages = new HttpProbe();
    private final BiFunction<Effect.StartProbe, Probe.Command, Launch> launches;
    private final Consumer<AgentInput> told;
    private final Map<CheckKey, Future<?>> asked = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("probe-", 0).factory());

    /** @param launches says how a probe's command is to run */
    public Prober(
            Containerizer containerizer,
            BiFunction<Effect.StartProbe, Probe.Command, Launch> launches,
            Consumer<AgentInput> told) {
        this.commands = new CommandProbe(containerizer);
        this.launches = launches;
        this.told = told;
    }

    public void start(Effect.StartProbe effect) {
        // Within compute, so that the answer finds the entry that it removes.
        asked.compute(effect.check(), (_, _) -> threads.submit(() -> run(effect)));
    }

    public void stop(CheckKey check) {
        Future<?> running = asked.remove(check);
        if (running != null) {
            running.cancel(true);
        }
    }

    private void run(Effect.StartProbe effect) {
        try {
            ProbeResult result = ask(effect);
            if (asked.remove(effect.check()) != null) {
                told.accept(new AgentInput.ProbeDone(effect.check(), result));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped
        }
    }

    private ProbeResult ask(Effect.StartProbe effect) throws InterruptedException {
        try {
            return switch (effect.probe()) {
                case Probe.Command command -> commands.ask(launches.apply(effect, command), effect.timeout());
                case Probe.Http http -> pages.ask(http, effect.timeout());
                case Probe.Tcp tcp -> TcpProbe.ask(tcp, effect.timeout());
            };
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("task", effect.run().key()).log("A probe broke off");
            return new ProbeResult.Failed(e.toString());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
