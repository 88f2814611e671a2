package org.nucleus.marathon.api.format;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.PortDefinition;

/** What must hold of a definition by itself. Source: AppValidation; messages pinned by the recorded exchanges. */
final class AppRules {
    static final String UNKNOWN_OPERATOR =
            "operator must be one of the following UNIQUE, CLUSTER, GROUP_BY, LIKE, MAX_PER, UNLIKE or IS";
    private static final Pattern IS_VALUE = Pattern.compile("^[a-zA-Z0-9_/.-]*$");
    private static final Set<String> RESERVED = Set.of("restart", "tasks", "versions", ".", "..");

    private AppRules() {}

    static void check(App app, Problems problems) {
        if (RESERVED.contains(app.id().lastSegment())) {
            problems.add("/id", "must not be one of [restart, tasks, versions, ., ..]");
        }
        program(app, problems);
        app.placement().constraints().forEach(constraint -> constraint(constraint, problems));
        if (app.placement().acceptedResourceRoles().stream()
                .anyMatch(role -> !role.equals("*") && !role.equals(app.role()))) {
            problems.add("/acceptedResourceRoles", "acceptedResourceRoles can only contain * and " + app.role());
        }
        if (app.placement().acceptedResourceRoles().stream().distinct().count()
                < app.placement().acceptedResourceRoles().size()) {
            problems.add("/acceptedResourceRoles", "acceptedResourceRoles must be unique");
        }
        daemon(app, problems);
        ports(app.ports().definitions(), problems);
        policy(app, problems);
        ContainerRules.check(app, problems);
        CheckRules.check(app, problems);
    }

    /** How many a daemon has, the agents say: rules that count its instances would speak against that. */
    private static void daemon(App app, Problems problems) {
        boolean counts = app.placement().constraints().stream().anyMatch(constraint -> switch (constraint.operator()) {
            case UNIQUE, GROUP_BY, MAX_PER, SPREAD -> true;
            case CLUSTER, LIKE, UNLIKE, IS -> false;
        });
        if (app.daemon() && counts) {
            problems.add("/constraints", "a daemon can only have constraints CLUSTER, LIKE, UNLIKE or IS");
        }
    }

    private static void program(App app, Problems problems) {
        String cmd = app.program().cmd();
        boolean hasArgs = !app.program().args().isEmpty();
        boolean byImage = app.container() != null && app.container().image() != null;
        if (cmd != null && hasArgs || cmd == null && !hasArgs && !byImage) {
            problems.add("/", "AppDefinition must either contain one of 'cmd' or 'args', and/or a 'container'.");
        } else if (cmd != null && cmd.strip().length() < 2) {
            problems.add("/", "must not be an empty string");
        }
        app.program().env().keySet().stream()
                .filter(String::isBlank)
                .forEach(_ -> problems.add("/env", "must not be an empty string"));
    }

    static void constraint(Constraint constraint, Problems problems) {
        String value = constraint.value();
        String problem = switch (constraint.operator()) {
            case UNIQUE -> value == null || value.isEmpty() ? null : "UNIQUE does not accept a value";
            case CLUSTER, SPREAD -> null;
            case GROUP_BY ->
                value == null || value.isEmpty() || isNumber(value)
                        ? null
                        : "GROUP BY must define an integer value or else no value at all";
            case LIKE, UNLIKE ->
                value != null && !value.isEmpty() && isRegex(value)
                        ? null
                        : "LIKE and UNLIKE require a non-empty, regular expression value";
            case MAX_PER -> value != null && isNumber(value) ? null : "MAX_PER requires an integer value";
            case IS ->
                value != null && IS_VALUE.matcher(value).matches()
                        ? null
                        : "IS requires a value of letters, digits and _/.-";
        };
        if (problem != null) {
            problems.add("/constraints", problem);
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,9}");
    }

    private static boolean isRegex(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false; // the caller says so to the client
        }
    }

    private static void ports(List<PortDefinition> definitions, Problems problems) {
        List<Integer> numbers = definitions.stream()
                .map(PortDefinition::port)
                .filter(port -> port != 0)
                .toList();
        if (new LinkedHashSet<>(numbers).size() < numbers.size()) {
            problems.add("/portDefinitions", "Ports must be unique.");
        }
        List<String> names = definitions.stream()
                .map(PortDefinition::name)
                .filter(Objects::nonNull)
                .toList();
        if (new LinkedHashSet<>(names).size() < names.size()) {
            problems.add("/portDefinitions", "Port names must be unique.");
        }
    }

    static void policy(App app, Problems problems) {
        Policy policy = app.policy();
        if (policy.backoff().factor() < 1) {
            problems.add("/backoffFactor", "got " + policy.backoff().factor() + ", expected 1.0 or more");
        }
        Policy.UnreachableStrategy unreachable = policy.unreachable();
        if (unreachable != null && unreachable.inactiveAfterSeconds() > unreachable.expungeAfterSeconds()) {
            problems.add(
                    "/unreachableStrategy",
                    "inactiveAfterSeconds (" + unreachable.inactiveAfterSeconds()
                            + ") must be less or equal to expungeAfterSeconds, which is "
                            + unreachable.expungeAfterSeconds());
        }
        if (app.isSingleInstance()) {
            if (app.instances() > 1) {
                problems.add("/instances", "Number of instances is limited to 1");
            }
            if (app.daemon()) {
                problems.add("/daemon", "A single instance app cannot be a daemon");
            }
            if (!policy.upgrade().equals(Policy.UpgradeStrategy.SINGLE_INSTANCE)) {
                problems.add(
                        "/upgradeStrategy",
                        "Single instance app must have upgradeStrategy minimumHealthCapacity 0 and maximumOverCapacity 0");
            }
        }
    }
}
