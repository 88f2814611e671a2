package org.nucleus.agent;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.nucleus.agent.checkpoint.CheckpointJournal;
import org.nucleus.agent.checkpoint.Continuity;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentSettings;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Remembered;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.masterlink.MasterLink;
import org.nucleus.agent.outbound.Containers;
import org.nucleus.agent.outbound.Inbox;
import org.nucleus.agent.outbound.Sandboxes;
import org.nucleus.agent.view.TaskWatch;
import org.nucleus.agent.volume.PersistentVolumes;
import org.nucleus.detection.MasterDetector;
import org.nucleus.machine.TimerQueue;
import org.nucleus.machine.Writer;
import org.nucleus.service.flags.FlagsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the parts in order once the server listens: what is remembered meets what still runs, then the writer works,
 * then the master is looked for. Stopping ends the parts and leaves the tasks.
 */
final class AgentRuntime implements SmartLifecycle, TaskShutdown {
    private static final Logger log = LoggerFactory.getLogger(AgentRuntime.class);
    private static final Duration LAST_BATCH_MOST = Duration.ofSeconds(5);

    private final Parts parts;
    private final Inbox inbox;
    private final Supplier<AgentSettings> settings;
    private final TaskWatch watch;
    private volatile boolean running;

    /** What is started and stopped. */
    record Parts(
            CheckpointJournal journal,
            Continuity continuity,
            Containerizer containerizer,
            Containers containers,
            Sandboxes sandboxes,
            PersistentVolumes volumes,
            Writer<AgentInput, Change.Durable, Effect> writer,
            TimerQueue<TimerKey> timers,
            MasterLink link,
            MasterDetector detector) {}

    AgentRuntime(Parts parts, Inbox inbox, Supplier<AgentSettings> settings, TaskWatch watch) {
        this.parts = parts;
        this.inbox = inbox;
        this.settings = settings;
        this.watch = watch;
    }

    @Override
    public void start() {
        AgentSettings agreed = settings.get();
        agree(agreed);
        List<Change.Durable> history = parts.journal().history();
        var found = parts.containers().recover();
        parts.sandboxes().recover(history);
        parts.volumes().recover(remembered(history).checkpointed());
        log.atInfo().addKeyValue("containers", found.size()).log("Recovered");
        inbox.bind(parts.writer());
        parts.writer().start();
        inbox.tell(new AgentInput.Started(agreed, new SecureRandom().nextLong(), history, found));
        parts.timers().start();
        parts.detector().start(parts.link()::detected);
        running = true;
    }

    /** The agent is to be the one it was, or says why it cannot; unless it is to end what it was. */
    private void agree(AgentSettings agreed) {
        if (agreed.cleanup()) {
            return;
        }
        try {
            parts.continuity().check(parts.journal(), agreed.info());
        } catch (IOException e) {
            throw new FlagsException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void stop() {
        running = false;
        for (AutoCloseable source : List.of(parts.detector(), parts.link(), parts.timers(), parts.writer())) {
            close(source);
        }
        awaitWriter();
        for (AutoCloseable tool :
                List.of(parts.containers(), parts.containerizer(), parts.sandboxes(), parts.journal())) {
            close(tool);
        }
    }

    private static Remembered remembered(List<Change.Durable> history) {
        Remembered remembered = new Remembered();
        history.forEach(remembered::apply);
        return remembered;
    }

    private void awaitWriter() {
        try {
            parts.writer().awaitEnd(LAST_BATCH_MOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void killAll(Duration mostTime) throws InterruptedException {
        inbox.put(new AgentInput.TasksUnwanted());
        if (!watch.awaitNone(mostTime)) {
            log.atWarn().addKeyValue("waited", mostTime).log("Some tasks still run");
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("A part did not close cleanly");
        } catch (Exception e) {
            throw new IllegalStateException(e); // none of the parts declares another
        }
    }
}
