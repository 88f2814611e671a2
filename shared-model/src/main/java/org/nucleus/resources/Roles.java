package org.nucleus.resources;

import java.util.Optional;

/**
 * The rules of role names. Roles form a tree by {@code /}: {@code a/b} is a child of {@code a}; {@code *} is the role
 * of whoever names none, and stands alone. Source: the original's roles documentation and {@code common/roles.cpp}.
 */
public final class Roles {
    /** The role that stands for no role. */
    public static final String UNRESERVED = "*";

    private Roles() {}

    /** Why {@code role} may not be a role's name; empty if it may. */
    public static Optional<String> refusal(String role) {
        if (role.equals(UNRESERVED)) {
            return Optional.empty();
        }
        if (role.isEmpty()) {
            return Optional.of("Role names cannot be the empty string");
        }
        if (role.startsWith("/") || role.endsWith("/")) {
            return Optional.of("Role '" + role + "' cannot start or end with a slash");
        }
        if (role.contains("//")) {
            return Optional.of("Role '" + role + "' cannot contain two adjacent slashes");
        }
        for (String part : role.split("/", -1)) {
            if (part.equals(".") || part.equals("..") || part.equals("*")) {
                return Optional.of("Role '" + role + "' cannot include '" + part + "' as a component");
            }
            if (part.startsWith("-")) {
                return Optional.of("Role component '" + part + "' is invalid because it begins with a dash");
            }
        }
        boolean blank = role.chars().anyMatch(c -> c <= ' ' || c == 0x7f || Character.isWhitespace(c));
        return blank
                ? Optional.of("Role '" + role + "' cannot contain spaces or control characters")
                : Optional.empty();
    }

    /** Whether {@code role} lies below {@code ancestor}; no role lies below itself. */
    public static boolean isBelow(String role, String ancestor) {
        return role.length() > ancestor.length() && role.charAt(ancestor.length()) == '/' && role.startsWith(ancestor);
    }

    /** The part before the first slash. */
    public static String top(String role) {
        int slash = role.indexOf('/');
        return slash < 0 ? role : role.substring(0, slash);
    }
}
