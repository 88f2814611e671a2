package org.nucleus.agent.containerizer.namespace;

/** Whose files are to be, by number. */
public record Owner(int uid, int gid) {}
