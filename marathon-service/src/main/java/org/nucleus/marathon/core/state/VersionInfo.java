package org.nucleus.marathon.core.state;

/** When an app's instance count, and when anything else of it, was last changed. */
public record VersionInfo(Version lastScalingAt, Version lastConfigChangeAt) {
    public static final VersionInfo NONE = new VersionInfo(Version.NONE, Version.NONE);
}
