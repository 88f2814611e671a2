package org.nucleus.master.core.allocation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.FilterTable.Refusals;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.Shares;
import org.nucleus.resources.MinAllocatable;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferFilters;
import org.nucleus.wire.scheduler.Event;

/**
 * One pass: every agent that was changed and has something free is offered, whole, to the first framework in order that
 * may and wants to have it. The order is computed anew after each offer. Source: hierarchical.cpp,
 * HierarchicalAllocatorProcess::__allocate.
 */
public final class Allocator {
    /** Percent of the known agents that must be back after an election before quotas are served. */
    private static final long QUORUM_PERCENT = 80;

    private final OfferBuilder builder = new OfferBuilder();

    /** A framework that wants offers for a role. */
    private record Suitor(
            Framework framework, Ability ability, Refusals refusals, MinAllocatable least, AgentFilter agents) {}

    /** Which roles a pass serves. */
    private enum Stage {
        /** Those that quotas promise more than they have: nobody else may take it first. */
        PROMISED,
        /** All. */
        EVERYONE
    }

    /** A role with the frameworks that want offers for it. */
    private record Role(String name, DrfSorter<Suitor> suitors) {}

    /** One pass in progress. */
    private static final class Pass {
        final Frame frame;
        final Shares shares;
        final long[] amounts;
        final RoleTree<Role> tree;
        final SequencedMap<FrameworkId, List<Offer>> offers = new LinkedHashMap<>();
        final QuotaHeadroom quotas;
        List<RoleTree.Node<Role>> order = List.of();
        Stage stage = Stage.EVERYONE;

        Pass(Frame frame, RoleTree<Role> tree) {
            this.frame = frame;
            this.shares = frame.state().shares();
            this.amounts = new long[shares.width()];
            this.tree = tree;
            this.quotas = new QuotaHeadroom(frame.state());
        }

        void sort() {
            order = tree.leaves();
        }
    }

    /** Offers what the agents to be looked at have free, and forgets that they were to be looked at. */
    public void allocate(Frame frame) {
        if (isTooEarly(frame)) {
            frame.record(new Change.AllocationPostponed());
            return;
        }
        List<Agent> agents = candidates(frame);
        frame.record(new Change.AllocationDone());
        if (agents.isEmpty()) {
            return;
        }
        Pass pass = new Pass(frame, roles(frame));
        pass.sort();
        if (pass.order.isEmpty()) {
            return;
        }
        if (pass.quotas.isNeeded()) {
            pass.stage = Stage.PROMISED;
            agents.forEach(agent -> offer(agent, pass));
            pass.stage = Stage.EVERYONE;
        }
        agents.forEach(agent -> offer(agent, pass));
        pass.offers.forEach((id, offers) -> send(id, offers, frame));
    }

    /** What quotas promise can't be told before most agents are back. Source: hierarchical.cpp, recover. */
    private static boolean isTooEarly(Frame frame) {
        if (!frame.state().isRecovering() || frame.state().policy().quotas().isEmpty()) {
            return false;
        }
        long away =
                frame.state().agents().all().stream().filter(Agent::isRecovered).count();
        long back = frame.state().expectedAgents() - away;
        return back * 100 < frame.state().expectedAgents() * QUORUM_PERCENT;
    }

    private static List<Agent> candidates(Frame frame) {
        List<Agent> agents = new ArrayList<>();
        if (frame.state().allocation().wantsAll()) {
            for (Agent agent : frame.state().agents().all()) {
                addIfFree(agent, agents, frame);
            }
            return agents;
        }
        for (AgentId id : frame.state().allocation().wanted()) {
            Agent agent = frame.state().agents().get(id);
            if (agent != null) {
                addIfFree(agent, agents, frame);
            }
        }
        return agents;
    }

    private static void addIfFree(Agent agent, List<Agent> agents, Frame frame) {
        if (agent.isConnected()
                && frame.state().policy().order(agent.id()) == null
                && !frame.state().agents().free(agent.id()).isEmpty()) {
            agents.add(agent);
        }
    }

    private static RoleTree<Role> roles(Frame frame) {
        Shares shares = frame.state().shares();
        long[] totals = new long[shares.width()];
        for (int place = 0; place < totals.length; place++) {
            totals[place] = shares.totals().amount(place);
        }
        SequencedMap<String, DrfSorter<Suitor>> byRole = new LinkedHashMap<>();
        for (Framework framework : frame.state().frameworks().all()) {
            for (String role : framework.roles()) {
                if (framework.wantsOffers(role)) {
                    Claimant claimant = new Claimant(framework.id().value(), 1, totals);
                    Shares.Share held = shares.of(role).get(framework.id());
                    if (held != null) {
                        claimant.hold(held);
                    }
                    byRole.computeIfAbsent(role, _ -> new DrfSorter<>()).add(claimant, suitor(framework, role, frame));
                }
            }
        }
        RoleTree<Role> tree = new RoleTree<>(totals, frame.state().policy()::weightOf);
        byRole.forEach((role, suitors) -> tree.add(
                role,
                new Role(role, suitors),
                claimant -> shares.of(role).values().forEach(claimant::hold)));
        return tree;
    }

    private static Suitor suitor(Framework framework, String role, Frame frame) {
        OfferFilters filters = framework.info().offerFilters().get(role);
        var own = filters == null ? null : filters.minAllocatableResources();
        MinAllocatable least = own == null ? frame.settings().minAllocatable() : MinAllocatable.of(own);
        AgentFilter agents = AgentFilter.of(framework, role, frame);
        return new Suitor(
                framework, Ability.of(framework), frame.state().filters().of(framework.id(), role), least, agents);
    }

    private void offer(Agent agent, Pass pass) {
        Resources free = pass.frame.state().agents().free(agent.id());
        List<RoleTree.Node<Role>> order = pass.order;
        for (int i = 0; i < order.size() && !free.isEmpty(); i++) {
            RoleTree.Node<Role> leaf = order.get(i);
            Role role = pass.tree.subject(leaf);
            Resources available = free.allocatableTo(role.name());
            if (available.isEmpty()) {
                continue;
            }
            Takeables takeables = new Takeables(available, role.name(), pass.quotas);
            int position = firstTaker(role, agent, takeables, pass);
            if (position >= 0) {
                Suitor suitor = role.suitors().get(position);
                Resources offered = takeables.of(suitor.ability());
                make(agent, role.name(), suitor.framework(), offered, pass);
                measure(offered, pass);
                role.suitors().give(position, pass.amounts);
                pass.tree.give(leaf, pass.amounts);
                pass.sort();
                free = free.minus(offered);
            }
        }
    }

    private static int firstTaker(Role role, Agent agent, Takeables takeables, Pass pass) {
        DrfSorter<Suitor> suitors = role.suitors();
        for (int position = 0; position < suitors.size(); position++) {
            Suitor suitor = suitors.get(position);
            if (!suitor.agents().admits(agent)) {
                continue;
            }
            Resources takeable = takeables.of(suitor.ability());
            if (pass.stage == Stage.PROMISED && !pass.quotas.helps(role.name(), takeable)) {
                continue;
            }
            if (takeables.isEnough(suitor.ability(), suitor.least())
                    && !suitor.refusals().holdBack(agent.id(), takeable, pass.frame.now())) {
                return position;
            }
        }
        return -1;
    }

    private void make(Agent agent, String role, Framework framework, Resources offered, Pass pass) {
        Resources allocated = offered.allocatedTo(role);
        Offer offer = builder.build(agent, role, framework, allocated, pass.frame);
        pass.frame.record(new Change.OfferMade(offer, role, allocated, pass.frame.now()));
        pass.offers
                .computeIfAbsent(framework.id(), _ -> new ArrayList<>())
                .add(builder.asSeenBy(framework, offer, allocated));
    }

    private static void measure(Resources offered, Pass pass) {
        Arrays.fill(pass.amounts, 0);
        for (Scalar scalar : offered.scalars()) {
            int place = pass.shares.placeOf(scalar.name());
            if (place >= 0 && place < pass.amounts.length) {
                pass.amounts[place] += scalar.thousandths();
            }
        }
    }

    private static void send(FrameworkId id, List<Offer> offers, Frame frame) {
        Framework framework = frame.state().frameworks().get(id);
        if (framework != null) {
            frame.tell(
                    framework,
                    Event.builder()
                            .type(Event.Type.OFFERS)
                            .offers(new Event.Offers(offers))
                            .build());
        }
    }
}
