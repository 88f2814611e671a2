package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.nucleus.marathon.core.state.AgentFields;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.wire.Filters;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.scheduler.Call;

/** One offer while it is being used. */
final class OpenOffer {
    private final Offer offer;
    private final AgentFields agent;
    private final SequencedSet<AppPath> seen = new LinkedHashSet<>();
    private final SequencedSet<AppPath> useless = new LinkedHashSet<>();
    private final List<Offer.Operation> operations = new ArrayList<>();
    private final List<TaskInfo> tasks = new ArrayList<>();
    private int launched;
    private Stock stock;

    OpenOffer(Offer offer) {
        this.offer = offer;
        this.agent = AgentFields.of(offer);
        this.stock = Stock.of(offer.resources());
    }

    Offer offer() {
        return offer;
    }

    AgentFields agent() {
        return agent;
    }

    Stock stock() {
        return stock;
    }

    int launched() {
        return launched;
    }

    boolean isUseless(AppPath app) {
        return useless.contains(app);
    }

    void useless(AppPath app) {
        useless.add(app);
    }

    /** Whether this is the first look at it for {@code app}. */
    boolean firstLook(AppPath app) {
        return seen.add(app);
    }

    /** Takes a launch: the operations that prepare it, its task or its group, and what is left then. */
    void launch(List<Offer.Operation> before, List<TaskInfo> single, Stock rest) {
        operations.addAll(before);
        tasks.addAll(single);
        launched++;
        stock = rest;
    }

    void free(List<Offer.Operation> releases) {
        operations.addAll(releases);
    }

    boolean isUsed() {
        return !operations.isEmpty() || !tasks.isEmpty();
    }

    Call accept(double refuseSeconds) {
        List<Offer.Operation> all = new ArrayList<>(operations);
        if (!tasks.isEmpty()) {
            all.add(Offer.Operation.builder()
                    .type(Offer.Operation.Type.LAUNCH)
                    .launch(new Offer.Operation.Launch(tasks))
                    .build());
        }
        return Call.builder()
                .type(Call.Type.ACCEPT)
                .accept(new Call.Accept(List.of(offer.id()), all, new Filters(refuseSeconds)))
                .build();
    }
}
