package org.nucleus.agent.containerizer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.ContainerId;

/**
 * Gives each container to the containerizer that its type asks for, and whatever is nested in it too. Without one for
 * Docker's, their launches fail.
 */
public final class ByType implements Containerizer {
    private final Containerizer processes;
    private final @Nullable Containerizer docker;
    private final Set<ContainerId> dockers = ConcurrentHashMap.newKeySet();

    public ByType(Containerizer processes, @Nullable Containerizer docker) {
        this.processes = processes;
        this.docker = docker;
    }

    @Override
    public CompletableFuture<Started> launch(Launch launch) {
        if (launch.docker() == null) {
            return of(launch.id()).launch(launch);
        }
        if (docker == null) {
            return CompletableFuture.failedFuture(new LaunchFailed("None of the enabled containerizers (mesos) can"
                    + " launch a Docker container. Start the agent with --containerizers=docker,mesos."));
        }
        dockers.add(launch.id());
        return docker.launch(launch);
    }

    private Containerizer of(ContainerId id) {
        if (docker == null) {
            return processes;
        }
        ContainerId top = id;
        while (top.parent() != null) {
            top = top.parent();
        }
        return dockers.contains(top) ? docker : processes;
    }

    @Override
    public CompletableFuture<Termination> termination(ContainerId id) {
        return of(id).termination(id);
    }

    @Override
    public void kill(ContainerId id, Signal signal) {
        of(id).kill(id, signal);
    }

    @Override
    public Optional<Usage> usage(ContainerId id) {
        return of(id).usage(id);
    }

    @Override
    public Optional<Long> pid(ContainerId id) {
        return of(id).pid(id);
    }

    @Override
    public void update(ContainerId id, Limits limits) throws IOException {
        of(id).update(id, limits);
    }

    @Override
    public List<Recovered> recover() {
        List<Recovered> all = new ArrayList<>(processes.recover());
        if (docker != null) {
            for (Recovered recovered : docker.recover()) {
                dockers.add(recovered.id());
                all.add(recovered);
            }
        }
        return all;
    }

    @Override
    public void forget(ContainerId id) {
        Containerizer owner = of(id);
        boolean over = owner.termination(id).isDone();
        owner.forget(id);
        if (over) {
            dockers.remove(id);
        }
    }

    @Override
    public void close() {
        processes.close();
        if (docker != null) {
            docker.close();
        }
    }
}
