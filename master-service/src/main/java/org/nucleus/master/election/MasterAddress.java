package org.nucleus.master.election;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Address;
import org.nucleus.wire.DomainInfo;
import org.nucleus.wire.MasterInfo;

/** Under which address others reach this master. */
public record MasterAddress(
        String hostname, String ip, int port, @Nullable DomainInfo domain) {
    /** The release of the original whose behaviour is offered. */
    public static final String COMPATIBLE_VERSION = "1.11.0";

    public String hostAndPort() {
        return hostname + ":" + port;
    }

    public String pid() {
        return "master@" + ip + ":" + port;
    }

    /** How a leader with this address presents itself; {@code id} is new with every term. */
    public MasterInfo info(String id) {
        return MasterInfo.builder()
                .id(id)
                .ip(numeric(ip))
                .port(port)
                .pid(pid())
                .hostname(hostname)
                .version(COMPATIBLE_VERSION)
                .address(new Address(hostname, ip, port))
                .domain(domain)
                .capabilities(List.of(new MasterInfo.Capability(MasterInfo.Capability.Type.AGENT_UPDATE)))
                .build();
    }

    /** The address in network byte order, read as a number of the original's machines. Source: mesos.proto, MasterInfo. */
    private static int numeric(String ip) {
        try {
            byte[] bytes = InetAddress.getByName(ip).getAddress();
            return bytes.length == 4
                    ? ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt()
                    : 0;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Not an IP address: " + ip, e);
        }
    }

    /**
     * @param hostname null to take the address
     * @param domain fault domain that the master is in; null for none
     */
    public static MasterAddress of(String ip, int port, @Nullable String hostname, @Nullable DomainInfo domain) {
        String reachable = isAny(ip) ? local() : ip;
        return new MasterAddress(hostname != null ? hostname : reachable, reachable, port, domain);
    }

    private static boolean isAny(String ip) {
        return ip.equals("0.0.0.0") || ip.equals("::");
    }

    private static String local() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress().getHostAddress(); // a machine without a name of its own
        }
    }
}
