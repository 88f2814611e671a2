package org.nucleus.agent;

import java.time.Duration;
import org.nucleus.service.flags.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import sun.misc.Signal;

/** SIGUSR1: end all tasks, then the agent. As the original, which is also told to shut down by this signal. */
final class EndSignal implements InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(EndSignal.class);
    private static final Duration MOST = Duration.ofMinutes(1);

    private final TaskShutdown tasks;
    private final Exit exit;

    EndSignal(TaskShutdown tasks, Exit exit) {
        this.tasks = tasks;
        this.exit = exit;
    }

    @Override
    public void afterPropertiesSet() {
        Signal.handle(new Signal("USR1"), _ -> Thread.ofVirtual().start(this::end));
    }

    private void end() {
        log.atInfo().log("Asked to end with all tasks");
        try {
            tasks.killAll(MOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exit.exit(0, "SIGUSR1");
    }
}
