package org.nucleus.marathon.core.state;

import java.util.ArrayList;
import java.util.List;
import org.nucleus.machine.Invariant;

/** The absolute path of an app or a group: {@code /}, or {@code /} before each of its segments. */
public record AppPath(String value) implements Comparable<AppPath> {
    public static final AppPath ROOT = new AppPath("/");

    public AppPath {
        Invariant.check(value.startsWith("/") && (value.length() == 1 || !value.endsWith("/")), "not a path", value);
    }

    /** {@code text} relative to this path, or as it is if it begins with a slash; {@code .} and {@code ..} resolved. */
    public AppPath resolve(String text) {
        List<String> segments = text.startsWith("/") ? new ArrayList<>() : new ArrayList<>(segments());
        for (String segment : text.split("/")) {
            if (segment.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return new AppPath("/" + String.join("/", segments));
    }

    /** An absolute path from what a person wrote, with or without the leading slash. */
    public static AppPath of(String text) {
        return ROOT.resolve(text);
    }

    public List<String> segments() {
        return isRoot() ? List.of() : List.of(value.substring(1).split("/"));
    }

    public boolean isRoot() {
        return value.equals("/");
    }

    public AppPath parent() {
        int slash = value.lastIndexOf('/');
        return slash <= 0 ? ROOT : new AppPath(value.substring(0, slash));
    }

    public String lastSegment() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Whether this lies below {@code group}, at any depth. */
    public boolean isBelow(AppPath group) {
        return !equals(group) && (group.isRoot() || value.startsWith(group.value + "/"));
    }

    /** How instance ids begin: {@code /a/b} gives {@code a_b}. */
    public String joined() {
        return String.join("_", segments());
    }

    /** How a task is named in discovery: {@code /a/b} gives {@code b.a}. */
    public String hostName() {
        return String.join(".", segments().reversed());
    }

    @Override
    public int compareTo(AppPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
