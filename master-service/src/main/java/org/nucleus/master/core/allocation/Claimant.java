package org.nucleus.master.core.allocation;

import org.nucleus.master.core.state.Shares.Share;

/**
 * One who claims a share: a role with all below it, or a framework within a role. Whoever holds less of what it holds
 * most of, by weight, comes first; then who was made fewer offers; then by name. Source: sorter/drf/sorter.cpp.
 */
final class Claimant implements Comparable<Claimant> {
    private final String name;
    private final double weight;
    private final long[] amounts;
    private final long[] totals;
    private long allocations;
    private double share;

    /** @param totals of the cluster, by place; shared and not changed here */
    Claimant(String name, double weight, long[] totals) {
        this.name = name;
        this.weight = weight;
        this.totals = totals;
        this.amounts = new long[totals.length];
    }

    String name() {
        return name;
    }

    double share() {
        return share;
    }

    void hold(Share more) {
        for (int place = 0; place < amounts.length; place++) {
            amounts[place] += more.amount(place);
        }
        allocations += more.allocations();
        computeShare();
    }

    void hold(long[] more) {
        for (int place = 0; place < amounts.length; place++) {
            amounts[place] += more[place];
        }
        allocations++;
        computeShare();
    }

    private void computeShare() {
        double most = 0;
        for (int place = 0; place < amounts.length; place++) {
            if (totals[place] > 0) {
                most = Math.max(most, (double) amounts[place] / totals[place]);
            }
        }
        share = most / weight;
    }

    @Override
    public int compareTo(Claimant other) {
        if (share != other.share) {
            return Double.compare(share, other.share);
        }
        if (allocations != other.allocations) {
            return Long.compare(allocations, other.allocations);
        }
        return name.compareTo(other.name);
    }
}
