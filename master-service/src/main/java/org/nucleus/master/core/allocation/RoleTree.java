package org.nucleus.master.core.allocation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Roles by their slashes: {@code a/b} claims within {@code a}. A role that has frameworks of its own and roles below it
 * claims for its own frameworks through a leaf named {@code .} beside them. Leaves are listed depth first, the neediest
 * of each level first.
 *
 * @param <T> what a leaf stands for
 */
final class RoleTree<T> {
    private final Node<T> root;
    private final long[] totals;
    private final ToDoubleFunction<String> weights;

    RoleTree(long[] totals, ToDoubleFunction<String> weights) {
        this.totals = totals;
        this.weights = weights;
        this.root = new Node<>(new Claimant("", 1, totals), null);
    }

    /** A role, or the leaf of a role's own frameworks. */
    static final class Node<T> {
        private final Claimant claimant;
        private final @Nullable Node<T> parent;
        private final SequencedMap<String, Node<T>> children = new LinkedHashMap<>();
        private @Nullable T subject;

        private Node(Claimant claimant, @Nullable Node<T> parent) {
            this.claimant = claimant;
            this.parent = parent;
        }

        double share() {
            return claimant.share();
        }
    }

    /** Adds the leaf of {@code role}; {@code held} is what all its frameworks hold together. */
    Node<T> add(String role, T subject, Claimed held) {
        Node<T> node = root;
        StringBuilder path = new StringBuilder();
        for (String part : role.split("/")) {
            path.append(path.isEmpty() ? "" : "/").append(part);
            node = child(node, part, weights.applyAsDouble(path.toString()));
            held.addTo(node.claimant);
        }
        Node<T> leaf = child(node, ".", 1);
        held.addTo(leaf.claimant);
        leaf.subject = subject;
        return leaf;
    }

    /** Adds to a claimant what is held already. */
    interface Claimed {
        void addTo(Claimant claimant);
    }

    /** The leaf gets {@code amounts}, and so does every role above it. */
    void give(Node<T> leaf, long[] amounts) {
        for (Node<T> node = leaf; node != null; node = node.parent) {
            node.claimant.hold(amounts);
        }
    }

    List<Node<T>> leaves() {
        List<Node<T>> leaves = new ArrayList<>();
        collect(root, leaves);
        return leaves;
    }

    T subject(Node<T> leaf) {
        T subject = leaf.subject;
        if (subject == null) {
            throw new IllegalStateException("not a leaf");
        }
        return subject;
    }

    private void collect(Node<T> node, List<Node<T>> leaves) {
        if (node.subject != null) {
            leaves.add(node);
            return;
        }
        List<Node<T>> sorted = new ArrayList<>(node.children.values());
        sorted.sort((one, other) -> one.claimant.compareTo(other.claimant));
        sorted.forEach(each -> collect(each, leaves));
    }

    private Node<T> child(Node<T> parent, String name, double weight) {
        return parent.children.computeIfAbsent(name, _ -> new Node<>(new Claimant(name, weight, totals), parent));
    }
}
