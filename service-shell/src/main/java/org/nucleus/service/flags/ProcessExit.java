package org.nucleus.service.flags;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Closes the application, then ends the JVM, on a thread of its own: the caller may be one that closing waits for. */
final class ProcessExit implements Exit {
    private static final Logger log = LoggerFactory.getLogger(ProcessExit.class);

    private final ConfigurableApplicationContext application;
    private final AtomicBoolean begun = new AtomicBoolean();

    ProcessExit(ConfigurableApplicationContext application) {
        this.application = application;
    }

    @Override
    public void exit(int code, String reason) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        log.atWarn().addKeyValue("code", code).log("Stopping: {}", reason);
        Thread.ofPlatform().name("exit").start(() -> {
            try {
                application.close();
            } finally {
                System.exit(code);
            }
        });
    }
}
