package org.nucleus.resources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/** The items of a resource of kind SET: sorted, each once. */
record Items(List<String> sorted) implements Amount {
    Items {
        sorted = List.copyOf(sorted);
    }

    static Items of(List<String> items) {
        return new Items(new ArrayList<>(new TreeSet<>(items)));
    }

    @Override
    public boolean isEmpty() {
        return sorted.isEmpty();
    }

    @Override
    public boolean contains(Amount part) {
        return new TreeSet<>(sorted).containsAll(((Items) part).sorted);
    }

    @Override
    public Amount plus(Amount other) {
        var all = new TreeSet<>(sorted);
        all.addAll(((Items) other).sorted);
        return new Items(new ArrayList<>(all));
    }

    @Override
    public Amount minus(Amount part) {
        var left = new TreeSet<>(sorted);
        ((Items) part).sorted.forEach(left::remove);
        return new Items(new ArrayList<>(left));
    }

    @Override
    public int compareWith(Amount other) {
        return Arrays.compare(sorted.toArray(String[]::new), ((Items) other).sorted.toArray(String[]::new));
    }

    @Override
    public void writeTo(Resource.Builder resource) {
        resource.set(new Value.Set(sorted));
    }

    @Override
    public String toString() {
        return "{" + String.join(", ", sorted) + "}";
    }
}
