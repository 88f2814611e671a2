package org.nucleus.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code FileInfo}. Source: v1/mesos.proto. */
public record FileInfo(
        String path,
        @Nullable Integer nlink,
        @Nullable Long size,
        @Nullable TimeInfo mtime,
        @Nullable Integer mode,
        @Nullable String uid,
        @Nullable String gid) {

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the fields of a {@link FileInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable String path;
        private @Nullable Integer nlink;
        private @Nullable Long size;
        private @Nullable TimeInfo mtime;
        private @Nullable Integer mode;
        private @Nullable String uid;
        private @Nullable String gid;

        private Builder() {}

        public Builder path(String value) {
            this.path = value;
            return this;
        }

        public Builder nlink(@Nullable Integer value) {
            this.nlink = value;
            return this;
        }

        public Builder size(@Nullable Long value) {
            this.size = value;
            return this;
        }

        public Builder mtime(@Nullable TimeInfo value) {
            this.mtime = value;
            return this;
        }

        public Builder mode(@Nullable Integer value) {
            this.mode = value;
            return this;
        }

        public Builder uid(@Nullable String value) {
            this.uid = value;
            return this;
        }

        public Builder gid(@Nullable String value) {
            this.gid = value;
            return this;
        }

        public FileInfo build() {
            return new FileInfo(Objects.requireNonNull(path, "path"), nlink, size, mtime, mode, uid, gid);
        }
    }
}
