package org.nucleus.access;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.nucleus.access.Entity.Verdict;
import org.nucleus.machine.Ordered;

/**
 * What one caller may do: an immutable value that travels with the caller's input into a core, which asks it about
 * objects that only its state knows. Equal rules for equal callers are equal values. Made by {@link Authorizer#grants}.
 */
public final class Grants {
    private static final Grants ALL = new Grants(new EnumMap<>(Action.class), true);

    private final SequencedMap<Action, List<Clause>> clauses;
    private final boolean permissive;

    /** A rule that speaks of the caller: what it says of the objects, and whether the caller passes. */
    record Clause(boolean callerPasses, Entity objects) {}

    Grants(Map<Action, List<Clause>> clauses, boolean permissive) {
        this.clauses = Ordered.copyOf(clauses);
        this.permissive = permissive;
    }

    /** Everything: where there are no access rules. */
    public static Grants all() {
        return ALL;
    }

    /** @param object what the action is done to; empty for no object in particular */
    public boolean permits(Action action, Optional<String> object) {
        return decide(clauses.getOrDefault(action, List.of()), permissive, object);
    }

    public boolean permits(Action action, String object) {
        return permits(action, Optional.of(object));
    }

    /** For actions whose object is implied. */
    public boolean permits(Action action) {
        return permits(action, Optional.empty());
    }

    /** Whether a framework of this caller may have that role. */
    public boolean mayRegister(String role) {
        return permits(Action.REGISTER_FRAMEWORKS, role);
    }

    /** Whether tasks and executors of this caller may run as that user of the operating system. */
    public boolean mayRunAs(String user) {
        return permits(Action.RUN_TASKS, user);
    }

    /** @param frameworkPrincipal the principal of the framework to end; empty text if it has none */
    public boolean mayTeardown(String frameworkPrincipal) {
        return permits(Action.TEARDOWN_FRAMEWORKS, frameworkPrincipal);
    }

    public boolean mayRegisterAgent() {
        return permits(Action.REGISTER_AGENTS);
    }

    public boolean mayReserveFor(String role) {
        return permits(Action.RESERVE_RESOURCES, role);
    }

    /** @param reserverPrincipal who made the reservation; empty if nobody is known */
    public boolean mayUnreserve(Optional<String> reserverPrincipal) {
        return permits(Action.UNRESERVE_RESOURCES, reserverPrincipal);
    }

    public boolean mayCreateVolume(String role) {
        return permits(Action.CREATE_VOLUMES, role);
    }

    /** @param creatorPrincipal who made the volume; empty if nobody is known */
    public boolean mayDestroyVolume(Optional<String> creatorPrincipal) {
        return permits(Action.DESTROY_VOLUMES, creatorPrincipal);
    }

    public boolean mayResizeVolume(String role) {
        return permits(Action.RESIZE_VOLUMES, role);
    }

    /** The first clause that speaks of the object decides. */
    static boolean decide(List<Clause> clauses, boolean otherwise, Optional<String> object) {
        for (Clause clause : clauses) {
            Verdict verdict = clause.objects().of(object);
            if (verdict != Verdict.SILENT) {
                return clause.callerPasses() && verdict == Verdict.PASSES;
            }
        }
        return otherwise;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grants grants && permissive == grants.permissive && clauses.equals(grants.clauses);
    }

    @Override
    public int hashCode() {
        return 31 * clauses.hashCode() + Boolean.hashCode(permissive);
    }

    @Override
    public String toString() {
        return "Grants[" + clauses + (permissive ? ", else all]" : ", else none]");
    }
}
