package org.nucleus.master.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;

/**
 * What frameworks do not want to be offered for a while. A filter holds back an offer whose resources it contains; more
 * than was refused is offered at once. Read by the allocator; changed by {@link MasterState} alone.
 */
public final class FilterTable {
    private static final SequencedMap<AgentId, List<Filter>> NONE = Ordered.copyOf(new LinkedHashMap<>());

    private final SequencedMap<FrameworkRole, SequencedMap<AgentId, List<Filter>>> filters = new LinkedHashMap<>();
    /** FilterTable by the instant they end, so that the earliest end is known. */
    private final TreeMap<Instant, List<Filter>> ends = new TreeMap<>();

    private record FrameworkRole(FrameworkId framework, String role) {}

    private record Filter(FrameworkRole of, AgentId agent, Resources resources, Instant until) {}

    /** What one framework has said for one role; valid until the next change. */
    public Refusals of(FrameworkId framework, String role) {
        return new Refusals(filters.getOrDefault(new FrameworkRole(framework, role), NONE));
    }

    /** The filters of one framework for one role. */
    public static final class Refusals {
        private final SequencedMap<AgentId, List<Filter>> byAgent;

        private Refusals(SequencedMap<AgentId, List<Filter>> byAgent) {
            this.byAgent = byAgent;
        }

        /** Whether {@code resources} of {@code agent} are not wanted now. */
        public boolean holdBack(AgentId agent, Resources resources, Instant now) {
            List<Filter> list = byAgent.get(agent);
            if (list == null) {
                return false;
            }
            for (Filter filter : list) {
                if (filter.until().isAfter(now) && filter.resources().contains(resources)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** When the next filter ends. */
    public @Nullable Instant earliestEnd() {
        return ends.isEmpty() ? null : ends.firstKey();
    }

    public int size() {
        return ends.values().stream().mapToInt(List::size).sum();
    }

    /** How many filters there are for each role. */
    SequencedMap<String, Integer> countByRole() {
        SequencedMap<String, Integer> counts = new LinkedHashMap<>();
        filters.forEach(
                (of, byAgent) -> byAgent.values().forEach(list -> counts.merge(of.role(), list.size(), Integer::sum)));
        return Ordered.copyOf(counts);
    }

    /** The agents on which a filter ends at {@code at} or before. */
    public List<AgentId> agentsFreedAt(Instant at) {
        return ends.headMap(at, true).values().stream()
                .flatMap(List::stream)
                .map(Filter::agent)
                .distinct()
                .toList();
    }

    void set(Change.FilterSet set) {
        Filter filter =
                new Filter(new FrameworkRole(set.framework(), set.role()), set.agent(), set.resources(), set.until());
        filters.computeIfAbsent(filter.of(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(filter.agent(), _ -> new ArrayList<>())
                .add(filter);
        ends.computeIfAbsent(filter.until(), _ -> new ArrayList<>()).add(filter);
    }

    void clear(FrameworkId framework, String role) {
        SequencedMap<AgentId, List<Filter>> ofRole = filters.remove(new FrameworkRole(framework, role));
        if (ofRole != null) {
            ofRole.values().forEach(list -> list.forEach(this::dropEnd));
        }
    }

    void clear(FrameworkId framework) {
        List<FrameworkRole> all = filters.sequencedKeySet().stream()
                .filter(key -> key.framework().equals(framework))
                .toList();
        all.forEach(key -> clear(key.framework(), key.role()));
    }

    void clear(AgentId agent) {
        filters.values().forEach(ofRole -> {
            List<Filter> list = ofRole.remove(agent);
            if (list != null) {
                list.forEach(this::dropEnd);
            }
        });
        filters.values().removeIf(SequencedMap::isEmpty);
    }

    void expire(Instant at) {
        List<Filter> over =
                ends.headMap(at, true).values().stream().flatMap(List::stream).toList();
        ends.headMap(at, true).clear();
        over.forEach(this::drop);
    }

    private void drop(Filter filter) {
        SequencedMap<AgentId, List<Filter>> ofRole = filters.get(filter.of());
        List<Filter> list = ofRole == null ? null : ofRole.get(filter.agent());
        if (ofRole == null || list == null) {
            return;
        }
        list.removeIf(each -> each == filter);
        if (list.isEmpty()) {
            ofRole.remove(filter.agent());
        }
        if (ofRole.isEmpty()) {
            filters.remove(filter.of());
        }
    }

    private void dropEnd(Filter filter) {
        List<Filter> sameEnd = ends.get(filter.until());
        if (sameEnd != null) {
            sameEnd.removeIf(each -> each == filter);
            if (sameEnd.isEmpty()) {
                ends.remove(filter.until());
            }
        }
    }
}
