package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code URL}. Source: v1/mesos.proto. */
public record Url(
        String scheme,
        Address address,
        @Nullable String path,
        List<Parameter> query,
        @Nullable String fragment) {
    public Url {
        query = List.copyOf(query);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.scheme = scheme;
        b.address = address;
        b.path = path;
        b.query = query;
        b.fragment = fragment;
        return b;
    }

    /** Collects the fields of a {@link Url}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable String scheme;
        private @Nullable Address address;
        private @Nullable String path;
        private List<Parameter> query = List.of();
        private @Nullable String fragment;

        private Builder() {}

        public Builder scheme(String value) {
            this.scheme = value;
            return this;
        }

        public Builder address(Address value) {
            this.address = value;
            return this;
        }

        public Builder path(@Nullable String value) {
            this.path = value;
            return this;
        }

        public Builder query(List<Parameter> value) {
            this.query = value;
            return this;
        }

        public Builder fragment(@Nullable String value) {
            this.fragment = value;
            return this;
        }

        public Url build() {
            return new Url(
                    Objects.requireNonNull(scheme, "scheme"),
                    Objects.requireNonNull(address, "address"),
                    path,
                    query,
                    fragment);
        }
    }
}
