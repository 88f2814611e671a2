package org.nucleus.resources;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression in the syntax of RE2, which matches in a time that grows with the text alone: whoever sends one
 * can't make matching slow. Source: v1/scheduler/scheduler.proto, AttributeConstraint.Predicate.TextMatches.
 */
public final class TextPattern {
    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** A regular expression that can't be used; the message says why. */
    public static final class Unusable extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * @param sizeMost how many instructions the compiled expression may have
     * @throws Unusable if {@code regex} is no regular expression, or too complex
     */
    public static TextPattern of(String regex, int sizeMost) {
        Pattern compiled;
        try {
            compiled = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new Unusable("Failed to construct regex from pattern '" + regex + "': " + e.getDescription());
        }
        if (compiled.programSize() > sizeMost) {
            throw new Unusable("Regex '" + regex + "' is too complex: program size of " + compiled.programSize()
                    + " is larger than maximum of " + sizeMost + " allowed");
        }
        return new TextPattern(compiled);
    }

    /** Whether all of {@code text} matches. */
    public boolean matches(String text) {
        return pattern.matches(text);
    }
}
