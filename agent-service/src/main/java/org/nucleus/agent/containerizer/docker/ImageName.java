package org.nucleus.agent.containerizer.docker;

/**
 * An image as a registry knows it: {@code tag} is a tag or a digest, {@code latest} if none was given.
 *
 * @param name with the registry, if one was given
 */
record ImageName(String name, String tag) {
    /** The key of the default registry in a file of credentials. */
    private static final String DEFAULT_REGISTRY = "https://index.docker.io/v1/";

    static ImageName parse(String text) {
        int digest = text.indexOf('@');
        if (digest >= 0) {
            return new ImageName(text.substring(0, digest), text.substring(digest + 1));
        }
        int colon = text.lastIndexOf(':');
        return colon > text.lastIndexOf('/')
                ? new ImageName(text.substring(0, colon), text.substring(colon + 1))
                : new ImageName(text, "latest");
    }

    /** As credentials name it. A first part without dot or port is a user's of the default one. */
    String registry() {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host && !first.equals("docker.io") ? first : DEFAULT_REGISTRY;
    }
}
