package org.nucleus.access;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nucleus.access.Acls.Rule;
import org.nucleus.access.Entity.Verdict;

/**
 * Decides by ACLs who may do what: of an action's rules, in the order of the file, the first that speaks of both the
 * subject and the object decides; if none does, {@code permissive} does. A caller without a principal is spoken of by
 * ANY and NONE alone, and so is an action without an object. Immutable.
 * Source: the original's {@code authorizer/local/authorizer.cpp}.
 */
public final class Authorizer {
    private final Acls acls;

    public Authorizer(Acls acls) {
        this.acls = acls;
    }

    public boolean permits(Optional<String> principal, Action action, Optional<String> object) {
        List<Rule> rules = acls.rules().getOrDefault(action, List.of());
        return Grants.decide(clauses(rules, principal), acls.isPermissive(), object);
    }

    /** All that {@code principal} may do, as a value. */
    public Grants grants(Optional<String> principal) {
        Map<Action, List<Grants.Clause>> clauses = new EnumMap<>(Action.class);
        acls.rules().forEach((action, rules) -> {
            List<Grants.Clause> own = clauses(rules, principal);
            if (!own.isEmpty()) {
                clauses.put(action, own);
            }
        });
        return new Grants(clauses, acls.isPermissive());
    }

    private static List<Grants.Clause> clauses(List<Rule> rules, Optional<String> principal) {
        List<Grants.Clause> clauses = new ArrayList<>();
        for (Rule rule : rules) {
            Verdict verdict = rule.subjects().of(principal);
            if (verdict != Verdict.SILENT) {
                clauses.add(new Grants.Clause(verdict == Verdict.PASSES, rule.objects()));
            }
        }
        return clauses;
    }
}
