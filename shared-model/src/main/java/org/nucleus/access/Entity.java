package org.nucleus.access;

import java.util.List;
import java.util.Optional;

/**
 * The subjects or the objects that a rule speaks of. Asked about a name, or about nobody in particular (a caller
 * without principal, an action without object), it lets pass, denies, or has nothing to say.
 */
sealed interface Entity {
    /** What an entity says of a name. */
    enum Verdict {
        PASSES,
        DENIES,
        SILENT
    }

    Verdict of(Optional<String> name);

    /** Lets everybody pass. */
    record Anyone() implements Entity {
        @Override
        public Verdict of(Optional<String> name) {
            return Verdict.PASSES;
        }
    }

    /** Denies everybody. */
    record Nobody() implements Entity {
        @Override
        public Verdict of(Optional<String> name) {
            return Verdict.DENIES;
        }
    }

    /** Lets the named pass and is silent about others. */
    record Some(List<String> names) implements Entity {
        public Some {
            names = List.copyOf(names);
        }

        @Override
        public Verdict of(Optional<String> name) {
            return name.isPresent() && names.contains(name.get()) ? Verdict.PASSES : Verdict.SILENT;
        }
    }

    /** As {@link Some}, of roles, where {@code a/%} names all roles below {@code a} but not {@code a}. */
    record SomeRoles(List<String> roles) implements Entity {
        public SomeRoles {
            roles = List.copyOf(roles);
        }

        @Override
        public Verdict of(Optional<String> name) {
            return name.isPresent() && roles.stream().anyMatch(role -> covers(role, name.get()))
                    ? Verdict.PASSES
                    : Verdict.SILENT;
        }

        private static boolean covers(String pattern, String role) {
            return pattern.endsWith("/%")
                    ? role.startsWith(pattern.substring(0, pattern.length() - 1))
                    : pattern.equals(role);
        }
    }
}
