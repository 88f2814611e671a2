package org.nucleus.master.core.allocation;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps claimants in the order of fairness: the neediest first. After one was given something, it moves to its new
 * place; nobody else is looked at.
 *
 * @param <T> what stands for a claimant
 */
final class DrfSorter<T> {
    private final List<Entry<T>> entries = new ArrayList<>();

    private record Entry<T>(Claimant claimant, T subject) {}

    void add(Claimant claimant, T subject) {
        entries.add(placeOf(claimant), new Entry<>(claimant, subject));
    }

    int size() {
        return entries.size();
    }

    T get(int position) {
        return entries.get(position).subject();
    }

    Claimant claimant(int position) {
        return entries.get(position).claimant();
    }

    /** The claimant at {@code position} gets {@code amounts}. */
    void give(int position, long[] amounts) {
        Entry<T> entry = entries.remove(position);
        entry.claimant().hold(amounts);
        entries.add(placeOf(entry.claimant()), entry);
    }

    private int placeOf(Claimant claimant) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).claimant().compareTo(claimant) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
