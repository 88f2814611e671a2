package org.nucleus.zookeeper;

import java.util.List;
import java.util.Optional;

/**
 * A {@code zk://[user:password@]host:port[,host:port…]/path} address.
 *
 * @param servers each {@code host:port}
 * @param userinfo {@code user:password} for ZooKeeper's digest scheme
 * @param path absolute, without a trailing slash
 */
public record ZooKeeperUrl(List<String> servers, Optional<String> userinfo, String path) {
    private static final String SCHEME = "zk://";

    public ZooKeeperUrl {
        servers = List.copyOf(servers);
    }

    public static boolean isOne(String text) {
        return text.startsWith(SCHEME);
    }

    /** @throws IllegalArgumentException with a sentence for people if {@code text} isn't such an address */
    public static ZooKeeperUrl parse(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("Expecting zk://host:port/path, not '" + redacted(text) + "'");
        }
        String rest = text.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash).replaceAll("/+$", "");
        int at = authority.lastIndexOf('@');
        List<String> servers = List.of(authority.substring(at + 1).split(",", -1));
        for (String server : servers) {
            if (!server.matches("[^:]+:\\d{1,5}")) {
                throw new IllegalArgumentException(
                        "Expecting host:port in the ZooKeeper address, not '" + server + "'");
            }
        }
        return new ZooKeeperUrl(servers, at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at)), path);
    }

    /** The servers as ZooKeeper's clients want them, without the path. */
    public String connectString() {
        return String.join(",", servers);
    }

    /** The same servers and credentials with {@code suffix} appended to the path. */
    public ZooKeeperUrl below(String suffix) {
        return new ZooKeeperUrl(servers, userinfo, path + "/" + suffix);
    }

    /** The address without its password. */
    @Override
    public String toString() {
        return SCHEME + userinfo.map(_ -> "***@").orElse("") + connectString() + path;
    }

    private static String redacted(String text) {
        return text.replaceAll("//[^@/]*@", "//***@");
    }
}
