package org.nucleus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.Filters;
import org.nucleus.wire.InverseOffer;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;

/** What a scheduler does during one life: by lot while there are faults, and once it is calm, what lets all settle. */
final class SchedulerMoves {
    private static final int TASKS_MOST = 30;
    private static final int SERVICES_KEPT = 2;

    private final Scheduler scheduler;
    private final Weather weather;
    private final Lot lot;
    private final SequencedMap<OfferId, Offer> held = new LinkedHashMap<>();
    private @Nullable OfferId spent;
    private final Orders orders;
    private boolean suppressed;
    private boolean offeredInCalm;
    private Instant reconciled = Instant.MIN;

    SchedulerMoves(Scheduler scheduler, Weather weather) {
        this.scheduler = scheduler;
        this.weather = weather;
        this.lot = weather.lot();
        this.orders = new Orders(lot, scheduler + "." + scheduler.life().number());
    }

    // --- what the connection says -----------------------------------------------------------------------------------

    void subscribed() {
        reconciled = Instant.MIN;
        reconcile();
    }

    void disconnected() {
        held.clear();
    }

    List<String> suppressedRoles() {
        if (!suppressed) {
            return List.of();
        }
        List<String> roles = scheduler.info().roles();
        String role = scheduler.info().role();
        return roles.isEmpty() ? List.of(role == null ? "*" : role) : roles;
    }

    void offered(Offer offer) {
        held.put(offer.id(), offer);
        offeredInCalm |= weather.isCalm();
        if (weather.isCalm() || lot.chance(0.4)) {
            answer(offer);
        }
    }

    /** Machines are to be maintained: it agrees or not, or doesn't answer. */
    void askedFor(List<InverseOffer> asked) {
        List<OfferId> ids = asked.stream().map(InverseOffer::id).toList();
        weather.coverage().passed("inverse offers");
        if (lot.chance(0.4)) {
            scheduler.call(Call.builder()
                    .type(Call.Type.ACCEPT_INVERSE_OFFERS)
                    .acceptInverseOffers(new Call.AcceptInverseOffers(ids, null)));
        } else if (lot.chance(0.5)) {
            scheduler.call(Call.builder()
                    .type(Call.Type.DECLINE_INVERSE_OFFERS)
                    .declineInverseOffers(new Call.DeclineInverseOffers(ids, new Filters(lot.below(10)))));
        }
    }

    void rescinded(OfferId offer) {
        if (held.remove(offer) != null && weather.fault(0.2)) {
            spent = offer;
        }
    }

    void acknowledge(TaskStatus status, Bytes uuid) {
        if (status.agentId() != null) {
            scheduler.call(Call.builder()
                    .type(Call.Type.ACKNOWLEDGE)
                    .acknowledge(new Call.Acknowledge(status.agentId(), status.taskId(), uuid)));
        }
    }

    // --- turns ------------------------------------------------------------------------------------------------------

    void turn() {
        if (weather.isCalm()) {
            settle();
            return;
        }
        int what = lot.below(100);
        if (what < 55 && !held.isEmpty()) {
            answer(held.firstEntry().getValue());
        } else if (what < 70) {
            killAny();
        } else if (what < 78) {
            reconcileAll();
        } else if (what < 86) {
            reconcile();
        } else if (what < 92) {
            suppressed = true;
            scheduler.call(Call.builder().type(Call.Type.SUPPRESS).suppress(new Call.Suppress(List.of())));
        } else {
            revive();
        }
    }

    /** Keeps few services, kills again until they are dead, asks again, and wants to be offered something. */
    private void settle() {
        List.copyOf(held.values()).forEach(this::answer);
        int kept = 0;
        for (Book.Entry entry : scheduler.mayAskAbout()) {
            if (entry.isService() && !entry.isKillWanted() && kept < SERVICES_KEPT) {
                kept++;
            } else if (entry.isService() || entry.isKillWanted()) {
                kill(entry);
            }
        }
        if (!offeredInCalm) {
            revive();
        }
        reconcile();
    }

    private void revive() {
        suppressed = false;
        scheduler.call(Call.builder().type(Call.Type.REVIVE).revive(new Call.Revive(List.of())));
    }

    private void killAny() {
        List<Book.Entry> open = scheduler.mayAskAbout();
        if (!open.isEmpty()) {
            kill(lot.oneOf(open));
        }
    }

    private void kill(Book.Entry entry) {
        entry.wantKill();
        scheduler.call(Call.builder()
                .type(Call.Type.KILL)
                .kill(new Call.Kill(entry.id(), lot.chance(0.5) ? entry.agent() : null, orders.killPolicy())));
    }

    private void reconcileAll() {
        scheduler.call(Call.builder().type(Call.Type.RECONCILE).reconcile(new Call.Reconcile(List.of())));
    }

    /** Asks about every task that has not ended, at most every fifteen seconds. */
    private void reconcile() {
        List<Call.Reconcile.Task> asked = new ArrayList<>();
        for (Book.Entry entry : scheduler.mayAskAbout()) {
            asked.add(new Call.Reconcile.Task(entry.id(), entry.agent()));
        }
        if (!asked.isEmpty() && reconciled.isBefore(weather.now().minus(Duration.ofSeconds(15)))) {
            reconciled = weather.now();
            scheduler.call(Call.builder().type(Call.Type.RECONCILE).reconcile(new Call.Reconcile(asked)));
        }
    }

    // --- offers -----------------------------------------------------------------------------------------------------

    private void answer(Offer offer) {
        if (held.remove(offer.id()) == null) {
            return;
        }
        if (weather.isCalm() || orders.tasksMade() >= TASKS_MOST || lot.chance(0.3)) {
            decline(offer);
            return;
        }
        List<Offer> together = new ArrayList<>(List.of(offer));
        if (lot.chance(0.5)) {
            held.values().stream()
                    .filter(other -> other.agentId().equals(offer.agentId()))
                    .forEach(together::add);
            together.forEach(each -> held.remove(each.id()));
        }
        accept(together);
    }

    private void decline(Offer offer) {
        double refuse = weather.isCalm() ? 3600 : lot.oneOf(List.of(0.0, 1.0, 5.0, 20.0, -1.0));
        scheduler.call(Call.builder()
                .type(Call.Type.DECLINE)
                .decline(new Call.Decline(List.of(offer.id()), new Filters(refuse))));
    }

    /** Now and then with an offer that is over, with more than there is, or twice. */
    private void accept(List<Offer> offers) {
        List<OfferId> ids = new ArrayList<>(offers.stream().map(Offer::id).toList());
        if (spent != null && lot.chance(0.3)) {
            ids.add(spent);
            spent = null;
        }
        List<Offer.Operation> operations = orders.launches(offers);
        Filters filters = lot.chance(0.5) ? new Filters(lot.below(10)) : null;
        for (Offer.Operation operation : operations) {
            for (TaskInfo task : Orders.tasksOf(operation)) {
                scheduler.launching(task);
            }
        }
        scheduler.call(Call.builder().type(Call.Type.ACCEPT).accept(new Call.Accept(ids, operations, filters)));
        if (lot.chance(0.05)) {
            spent = ids.getFirst();
        }
    }

    /** Whether it has been offered something since it became calm. */
    boolean wasOfferedInCalm() {
        return offeredInCalm;
    }
}
