package org.nucleus.chronos.core.state;

import java.util.regex.Pattern;

/**
 * What an agent must be like: {@code attribute} (or {@code hostname}) compared with {@code value}.
 *
 * @param pattern {@code value} as a pattern for LIKE and UNLIKE, quoted text for EQUALS
 */
public record Constraint(String attribute, Operator operator, String value, Pattern pattern) {

    /** How the attribute is compared. */
    public enum Operator {
        /** The same text. */
        EQUALS,
        /** The whole value matches a regular expression. */
        LIKE,
        /** The value does not match, or the agent has no such attribute. */
        UNLIKE
    }

    /** @throws java.util.regex.PatternSyntaxException if the operator needs an expression and the value is none */
    public static Constraint of(String attribute, Operator operator, String value) {
        Pattern pattern =
                operator == Operator.EQUALS ? Pattern.compile(value, Pattern.LITERAL) : Pattern.compile(value);
        return new Constraint(attribute, operator, value, pattern);
    }

    /** Patterns have no equality of their own. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Constraint that
                && attribute.equals(that.attribute)
                && operator == that.operator
                && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * attribute.hashCode() + operator.name().hashCode()) + value.hashCode();
    }
}
