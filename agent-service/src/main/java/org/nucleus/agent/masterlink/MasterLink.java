package org.nucleus.agent.masterlink;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Credential;
import org.nucleus.access.HttpLogin;
import org.nucleus.access.Mechanism;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.detection.MasterDetector.Leader;
import org.nucleus.wire.agentlink.AgentCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes numbered connections to the leading master as the core asks; at most one is open. Thread-safe. */
public final class MasterLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MasterLink.class);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Optional<HttpLogin> login;
    private final Inputs inputs;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Leader> leader = Optional.empty();
    private @Nullable Connection open;

    /** Where what happens is told; may make its caller wait. */
    public interface Inputs {
        void put(AgentInput input) throws InterruptedException;
    }

    public MasterLink(Optional<Credential> credential, Inputs inputs) {
        this.login = credential.map(known -> new HttpLogin(http, known, Mechanism.CRAM_MD5));
        this.inputs = inputs;
    }

    /** The host of the leading master, if one is known. */
    public Optional<String> leaderHost() {
        lock.lock();
        try {
            return leader.map(Leader::hostname);
        } finally {
            lock.unlock();
        }
    }

    /** Called by the detector at each change. */
    public void detected(Optional<Leader> now) {
        log.atInfo()
                .addKeyValue("leader", now.map(Leader::toString).orElse("none"))
                .log("Detected the leading master");
        lock.lock();
        try {
            leader = now;
        } finally {
            lock.unlock();
        }
        try {
            inputs.put(now.isPresent() ? new AgentInput.LeaderDetected() : new AgentInput.LeaderLost());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The leader that is connected to or would be. */
    public Optional<Leader> leader() {
        lock.lock();
        try {
            return leader;
        } finally {
            lock.unlock();
        }
    }

    public void open(long number, AgentCall subscribe) {
        lock.lock();
        try {
            if (open != null) {
                open.close();
            }
            open = new Connection(number, new AgentLinkHttp(http, login), inputs);
            open.start(leader, subscribe);
        } finally {
            lock.unlock();
        }
    }

    public void send(long number, AgentCall call) {
        lock.lock();
        try {
            if (open != null && open.number() == number) {
                open.send(call);
            }
        } finally {
            lock.unlock();
        }
    }

    public void close(long number, String reason) {
        lock.lock();
        try {
            if (open != null && open.number() == number) {
                log.atInfo().addKeyValue("reason", reason).log("Closing the connection to the master");
                open.close();
                open = null;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (open != null) {
                open.close();
                open = null;
            }
        } finally {
            lock.unlock();
        }
        http.shutdownNow();
    }
}
