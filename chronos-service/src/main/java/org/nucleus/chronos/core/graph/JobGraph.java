package org.nucleus.chronos.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.nucleus.chronos.core.state.ChronosState;
import org.nucleus.chronos.core.state.Job;

/** The directed graph of jobs, edges from parent to child. It never has a cycle. */
public final class JobGraph {
    private JobGraph() {}

    /** Those of {@code parents} that do not exist. */
    public static List<String> missing(ChronosState state, List<String> parents) {
        return parents.stream().filter(parent -> state.job(parent).isEmpty()).toList();
    }

    /**
     * The cycle that would close if {@code job} had {@code parents}: job names from parent to child, the first again at
     * the end; empty if there would be none.
     */
    public static Optional<List<String>> cycle(ChronosState state, String job, List<String> parents) {
        SequencedSet<String> seen = new LinkedHashSet<>();
        List<String> path = new ArrayList<>(List.of(job));
        for (String parent : parents) {
            if (climbs(state, job, parent, seen, path)) {
                Collections.reverse(path);
                return Optional.of(List.copyOf(path));
            }
        }
        return Optional.empty();
    }

    /** The ancestors of a job, or the job itself, that have no parents: where passes over the graph begin. */
    public static SequencedSet<String> roots(ChronosState state, String job) {
        SequencedSet<String> roots = new LinkedHashSet<>();
        SequencedSet<String> seen = new LinkedHashSet<>(List.of(job));
        List<String> ahead = new ArrayList<>(List.of(job));
        while (!ahead.isEmpty()) {
            String next = ahead.removeLast();
            List<String> parents = state.job(next).map(Job::parents).orElse(List.of());
            if (parents.isEmpty()) {
                roots.add(next);
            }
            parents.stream().filter(seen::add).forEach(ahead::add);
        }
        return roots;
    }

    /** Whether {@code goal} is {@code from} or one of its ancestors; then {@code path} holds the way. */
    private static boolean climbs(
            ChronosState state, String goal, String from, SequencedSet<String> seen, List<String> path) {
        path.addLast(from);
        if (from.equals(goal)) {
            return true;
        }
        if (seen.add(from)) {
            for (String parent : state.job(from).map(Job::parents).orElse(List.of())) {
                if (climbs(state, goal, parent, seen, path)) {
                    return true;
                }
            }
        }
        path.removeLast();
        return false;
    }
}
