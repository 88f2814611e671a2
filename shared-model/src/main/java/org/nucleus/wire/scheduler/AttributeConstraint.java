package org.nucleus.wire.scheduler;

import org.jspecify.annotations.Nullable;

/** {@code scheduler.AttributeConstraint}. Source: v1/scheduler/scheduler.proto. */
public record AttributeConstraint(AttributeConstraint.Selector selector, AttributeConstraint.Predicate predicate) {

    /** {@code scheduler.AttributeConstraint.Selector}. Source: v1/scheduler/scheduler.proto. */
    public record Selector(
            AttributeConstraint.Selector.@Nullable PseudoattributeType pseudoattributeType,
            @Nullable String attributeName) {

        /** {@code scheduler.AttributeConstraint.Selector.PseudoattributeType}. Source: v1/scheduler/scheduler.proto. */
        public enum PseudoattributeType {
            UNKNOWN,
            HOSTNAME,
            REGION,
            ZONE
        }
    }

    /** {@code scheduler.AttributeConstraint.Predicate}. Source: v1/scheduler/scheduler.proto. */
    public record Predicate(
            AttributeConstraint.Predicate.@Nullable Exists exists,
            AttributeConstraint.Predicate.@Nullable NotExists notExists,
            AttributeConstraint.Predicate.@Nullable TextEquals textEquals,
            AttributeConstraint.Predicate.@Nullable TextNotEquals textNotEquals,
            AttributeConstraint.Predicate.@Nullable TextMatches textMatches,
            AttributeConstraint.Predicate.@Nullable TextNotMatches textNotMatches) {

        public static Builder builder() {
            return new Builder();
        }

        public Builder toBuilder() {
            Builder b = new Builder();
            b.exists = exists;
            b.notExists = notExists;
            b.textEquals = textEquals;
            b.textNotEquals = textNotEquals;
            b.textMatches = textMatches;
            b.textNotMatches = textNotMatches;
            return b;
        }

        /** Collects the fields of a {@link Predicate}; unset ones keep the protocol's defaults. */
        public static final class Builder {
            private AttributeConstraint.Predicate.@Nullable Exists exists;
            private AttributeConstraint.Predicate.@Nullable NotExists notExists;
            private AttributeConstraint.Predicate.@Nullable TextEquals textEquals;
            private AttributeConstraint.Predicate.@Nullable TextNotEquals textNotEquals;
            private AttributeConstraint.Predicate.@Nullable TextMatches textMatches;
            private AttributeConstraint.Predicate.@Nullable TextNotMatches textNotMatches;

            private Builder() {}

            public Builder exists(AttributeConstraint.Predicate.@Nullable Exists value) {
                this.exists = value;
                return this;
            }

            public Builder notExists(AttributeConstraint.Predicate.@Nullable NotExists value) {
                this.notExists = value;
                return this;
            }

            public Builder textEquals(AttributeConstraint.Predicate.@Nullable TextEquals value) {
                this.textEquals = value;
                return this;
            }

            public Builder textNotEquals(AttributeConstraint.Predicate.@Nullable TextNotEquals value) {
                this.textNotEquals = value;
                return this;
            }

            public Builder textMatches(AttributeConstraint.Predicate.@Nullable TextMatches value) {
                this.textMatches = value;
                return this;
            }

            public Builder textNotMatches(AttributeConstraint.Predicate.@Nullable TextNotMatches value) {
                this.textNotMatches = value;
                return this;
            }

            public Predicate build() {
                return new Predicate(exists, notExists, textEquals, textNotEquals, textMatches, textNotMatches);
            }
        }

        /** {@code scheduler.AttributeConstraint.Predicate.Exists}. Source: v1/scheduler/scheduler.proto. */
        public record Exists() {}

        /** {@code scheduler.AttributeConstraint.Predicate.NotExists}. Source: v1/scheduler/scheduler.proto. */
        public record NotExists() {}

        /** {@code scheduler.AttributeConstraint.Predicate.TextEquals}. Source: v1/scheduler/scheduler.proto. */
        public record TextEquals(String value) {}

        /** {@code scheduler.AttributeConstraint.Predicate.TextNotEquals}. Source: v1/scheduler/scheduler.proto. */
        public record TextNotEquals(String value) {}

        /** {@code scheduler.AttributeConstraint.Predicate.TextMatches}. Source: v1/scheduler/scheduler.proto. */
        public record TextMatches(String regex) {}

        /** {@code scheduler.AttributeConstraint.Predicate.TextNotMatches}. Source: v1/scheduler/scheduler.proto. */
        public record TextNotMatches(String regex) {}
    }
}
