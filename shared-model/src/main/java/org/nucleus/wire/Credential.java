package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code Credential}. Source: v1/mesos.proto. */
public record Credential(String principal, @Nullable String secret) {}
