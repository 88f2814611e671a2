package org.nucleus.access;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of {@code --acls}, in the original's JSON: per action a list of who may do it to what, and {@code
 * permissive} for what no rule speaks of. Everything that cannot be understood is refused: a misspelt rule must not
 * leave a door open.
 * Source: the original's authorization documentation and authorizer/acls.proto.
 */
public final class Acls {
    private static final JsonMapper JSON = new JsonMapper();

    private static final Set<String> GUARDED_PATHS = new TreeSet<>(List.of(
            "/containerizer/debug",
            "/containers",
            "/files/debug",
            "/logging/toggle",
            "/metrics/snapshot",
            "/monitor/statistics",
            "/monitor/statistics.json"));

    private final SequencedMap<Action, List<Rule>> rules;
    private final boolean permissive;

    /** Who may do an action, and to what. */
    record Rule(Entity subjects, Entity objects) {}

    private Acls(Map<Action, List<Rule>> rules, boolean permissive) {
        this.rules = Ordered.copyOf(rules);
        this.permissive = permissive;
    }

    /** Rules that let everybody do everything: what holds where no ACLs are given. */
    public static Acls permissive() {
        return new Acls(new EnumMap<>(Action.class), true);
    }

    /**
     * @throws InvalidAccessRules naming the key and the rule at fault
     */
    public static Acls parse(String json) {
        JsonNode root = tree(json);
        Map<Action, List<Rule>> rules = new EnumMap<>(Action.class);
        boolean permissive = true;
        for (var property : root.properties()) {
            if (property.getKey().equals("permissive")) {
                permissive = flag(property.getValue());
                continue;
            }
            Action action = Action.ofKey(property.getKey())
                    .orElseThrow(() -> new InvalidAccessRules("ACLs: unknown action '" + property.getKey() + "'"));
            rules.computeIfAbsent(action, key -> new ArrayList<>())
                    .addAll(rules(action, property.getKey(), property.getValue()));
        }
        return new Acls(rules, permissive);
    }

    boolean isPermissive() {
        return permissive;
    }

    SequencedMap<Action, List<Rule>> rules() {
        return rules;
    }

    private static JsonNode tree(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new InvalidAccessRules("ACLs: malformed JSON: " + e.getOriginalMessage(), e);
        }
        if (root == null || !root.isObject()) {
            throw new InvalidAccessRules("ACLs: expecting a JSON object");
        }
        return root;
    }

    private static boolean flag(JsonNode value) {
        if (!value.isBoolean()) {
            throw new InvalidAccessRules("ACLs: 'permissive' is not true or false");
        }
        return value.booleanValue();
    }

    private static List<Rule> rules(Action action, String key, JsonNode list) {
        if (!list.isArray()) {
            throw new InvalidAccessRules("ACLs: '" + key + "' is not an array");
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonNode element : list) {
            rules.add(rule(action, element, "ACLs: '" + key + "', rule " + (rules.size() + 1)));
        }
        return rules;
    }

    private static Rule rule(Action action, JsonNode element, String where) {
        for (String field : element.propertyNames()) {
            if (!field.equals("principals") && !field.equals(action.objectKey())) {
                throw new InvalidAccessRules(where + ": unknown key '" + field + "'");
            }
        }
        Entity subjects = entity(element.get("principals"), Action.Objects.NAMES, where + ": 'principals'");
        Entity objects =
                entity(element.get(action.objectKey()), action.objects(), where + ": '" + action.objectKey() + "'");
        return new Rule(subjects, objects);
    }

    private static Entity entity(@Nullable JsonNode node, Action.Objects kind, String where) {
        if (node == null || !node.isObject()) {
            throw new InvalidAccessRules(where + " is missing or not an object");
        }
        for (String field : node.propertyNames()) {
            if (!field.equals("type") && !field.equals("values")) {
                throw new InvalidAccessRules(where + ": unknown key '" + field + "'");
            }
        }
        JsonNode type = node.get("type");
        String name = type == null ? "SOME" : type.isString() ? type.stringValue() : type.toString();
        return switch (name) {
            case "ANY" -> new Entity.Anyone();
            case "NONE" -> new Entity.Nobody();
            case "SOME" -> some(node.get("values"), kind, where);
            default -> throw new InvalidAccessRules(where + ": unknown type '" + name + "'");
        };
    }

    private static Entity some(@Nullable JsonNode values, Action.Objects kind, String where) {
        if (kind == Action.Objects.IMPLICIT) {
            throw new InvalidAccessRules(where + " takes only the types ANY and NONE");
        }
        if (values == null || !values.isArray()) {
            throw new InvalidAccessRules(where + " has neither 'type' nor an array 'values'");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode value : values) {
            if (!value.isString()) {
                throw new InvalidAccessRules(where + ": " + value + " is not a text");
            }
            names.add(value.stringValue());
        }
        if (kind == Action.Objects.PATHS) {
            Optional<String> unknown =
                    names.stream().filter(path -> !GUARDED_PATHS.contains(path)).findFirst();
            unknown.ifPresent(path -> {
                throw new InvalidAccessRules(where + ": '" + path + "' is not an authorizable path");
            });
        }
        return kind == Action.Objects.ROLES ? new Entity.SomeRoles(names) : new Entity.Some(names);
    }
}
