package org.nucleus.agent.outbound;

import java.util.List;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.executorlink.ExecutorLinks;
import org.nucleus.agent.masterlink.MasterLink;
import org.nucleus.agent.volume.PersistentVolumes;
import org.nucleus.machine.Outbound;
import org.nucleus.machine.TimerQueue;
import org.nucleus.service.flags.Exit;

/** Hands each effect to whoever carries it out; all of them take it and return at once. */
public final class AgentOutbound implements Outbound<Effect> {
    private static final int EXIT_STOPPED = 1;

    private final MasterLink link;
    private final ExecutorLinks executors;
    private final Containers containers;
    private final Sandboxes sandboxes;
    private final PersistentVolumes volumes;
    private final TimerQueue<TimerKey> timers;
    private final Exit exit;

    /** Those whom the agent talks with. */
    public record Links(MasterLink master, ExecutorLinks executors) {}

    /** What the agent keeps on disk beside its journal. */
    public record Disk(Sandboxes sandboxes, PersistentVolumes volumes) {}

    public AgentOutbound(Links links, Containers containers, Disk disk, TimerQueue<TimerKey> timers, Exit exit) {
        this.link = links.master();
        this.executors = links.executors();
        this.containers = containers;
        this.sandboxes = disk.sandboxes();
        this.volumes = disk.volumes();
        this.timers = timers;
        this.exit = exit;
    }

    @Override
    public void send(List<Effect> effects) {
        effects.forEach(this::send);
    }

    private void send(Effect effect) {
        switch (effect) {
            case Effect.OpenLink(long number, var subscribe) -> link.open(number, subscribe);
            case Effect.CloseLink(long number, var reason) -> link.close(number, reason);
            case Effect.SendCall(long number, var call) -> link.send(number, call);
            case Effect.LaunchContainer launch -> containers.launch(launch);
            case Effect.LaunchExecutor launch -> containers.launch(launch);
            case Effect.AnswerExecutor answer -> executors.answer(answer);
            case Effect.TellExecutor(long stream, var event) -> executors.tell(stream, event);
            case Effect.CloseExecutorStream(long stream, var reason) -> executors.close(stream, reason);
            case Effect.GrantContainer grant -> containers.grant(grant);
            case Effect.SignalContainer(var id, var signal) -> containers.signal(id, signal);
            case Effect.ForgetContainer(var id) -> containers.forget(id);
            case Effect.RetireSandbox(var agent, var key, var id) -> sandboxes.retire(agent, key, id);
            case Effect.CreateVolume(var volume) -> volumes.create(volume);
            case Effect.DestroyVolume(var volume) -> volumes.destroy(volume);
            case Effect.StartProbe probe -> containers.probe(probe);
            case Effect.StopProbe(var check) -> containers.stopProbe(check);
            case Effect.Wake(var key, var due) -> timers.wake(key, due);
            case Effect.CancelWake(var key) -> timers.cancel(key);
            case Effect.Stop(var reason) -> exit.exit(EXIT_STOPPED, reason);
        }
    }
}
