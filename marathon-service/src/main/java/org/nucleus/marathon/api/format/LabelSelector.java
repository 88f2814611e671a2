package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code label=} of the app list: {@code k}, {@code k==v}, {@code k!=v}, {@code k in (a,b)}, {@code k notin (a,b)}, joined by commas. */
public final class LabelSelector {
    private static final String TERM = "((?:[-A-Za-z0-9_.]|\\\\.)+)";
    private static final Pattern ONE = Pattern.compile(
            "\\s*" + TERM + "\\s*(?:(==|!=)\\s*" + TERM + "|\\s(in|notin)\\s*\\(([^()]*)\\))?\\s*(,|$)");

    private final List<Condition> conditions;

    private record Condition(String key, boolean wanted, Set<String> values) {
        boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return value != null && (values.isEmpty() || values.contains(value) == wanted);
        }
    }

    private LabelSelector(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /** @throws IllegalArgumentException if {@code text} is none */
    public static LabelSelector parse(String text) {
        List<Condition> conditions = new ArrayList<>();
        Matcher matcher = ONE.matcher(text);
        int at = 0;
        boolean more = true;
        while (more) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException(
                        "Can not parse label selector " + text + ". Reason: end of input expected");
            }
            conditions.add(condition(matcher));
            at = matcher.end();
            more = matcher.group(6).equals(",");
        }
        return new LabelSelector(conditions);
    }

    private static Condition condition(Matcher matcher) {
        String key = unescape(matcher.group(1));
        if (matcher.group(2) != null) {
            return new Condition(key, matcher.group(2).equals("=="), Set.of(unescape(matcher.group(3))));
        }
        if (matcher.group(4) != null) {
            Set<String> values = new LinkedHashSet<>();
            for (String value : matcher.group(5).split(",")) {
                values.add(unescape(value.strip()));
            }
            return new Condition(key, matcher.group(4).equals("in"), values);
        }
        return new Condition(key, true, Set.of());
    }

    private static String unescape(String term) {
        return term.replaceAll("\\\\(.)", "$1");
    }

    public boolean matches(Map<String, String> labels) {
        return conditions.stream().allMatch(condition -> condition.holds(labels));
    }
}
