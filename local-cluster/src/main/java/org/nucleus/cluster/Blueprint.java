package org.nucleus.cluster;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.nucleus.cluster.store.PostgresServer;

/**
 * Which services make up a local cluster, what each is told, and where they are found. All bind the loopback interface
 * and demand authentication.
 */
public record Blueprint(Site site, Ports ports, Secrets secrets) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String AGENT_RESOURCES = "cpus:4;mem:2048;disk:4096;ports:";

    /** The services that this program starts, in the order in which they are ended last. */
    public List<Service> services() {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < ports.masters().size(); i++) {
            services.add(master(i));
        }
        for (int i = 0; i < ports.agents().size(); i++) {
            services.add(agent(i));
        }
        services.add(marathon());
        return services;
    }

    /** Where masters are found, as agents and frameworks are told. */
    public String zooKeeperUrl() {
        return "zk://" + LOOPBACK + ":" + ports.zooKeeper() + "/nucleus";
    }

    public List<URI> masters() {
        return ports.masters().stream().map(Blueprint::at).toList();
    }

    public List<URI> agents() {
        return ports.agents().stream().map(Blueprint::at).toList();
    }

    public URI marathonAddress() {
        return at(ports.marathon());
    }

    public URI chronosAddress() {
        return at(ports.chronos());
    }

    /** What scripts source. */
    public String environment() {
        return """
                NUCLEUS_ZK='%s'
                NUCLEUS_MASTERS='%s'
                NUCLEUS_AGENTS='%s'
                NUCLEUS_MARATHON='%s'
                NUCLEUS_CHRONOS='%s'
                NUCLEUS_PRINCIPAL='%s'
                NUCLEUS_SECRET='%s'
                """.formatted(
                        zooKeeperUrl(),
                        joined(masters()),
                        joined(agents()),
                        marathonAddress(),
                        chronosAddress(),
                        secrets.principal(),
                        secrets.secret());
    }

    private Service master(int index) {
        String name = "master-" + (index + 1);
        SequencedMap<String, String> flags = new LinkedHashMap<>();
        flags.put("zk", zooKeeperUrl());
        flags.put("ip", LOOPBACK);
        flags.put("port", Integer.toString(ports.masters().get(index)));
        flags.put("hostname", LOOPBACK);
        flags.put("cluster", "local");
        flags.put("agent_ping_timeout", "5secs");
        flags.put("authenticate_agents", "true");
        flags.put("authenticate_frameworks", "true");
        flags.put("authenticate_http_frameworks", "true");
        flags.put("authenticate_http_readonly", "true");
        flags.put("authenticate_http_readwrite", "true");
        flags.put("credentials", AccessFiles.credentials(site).toString());
        flags.put("acls", "file://" + AccessFiles.acls(site));
        putDatabase(flags);
        return new Service(name, Service.Kind.MASTER, ports.masters().get(index), flags);
    }

    private Service agent(int index) {
        String name = "agent-" + (index + 1);
        SequencedMap<String, String> flags = new LinkedHashMap<>();
        flags.put("master", zooKeeperUrl());
        flags.put("ip", LOOPBACK);
        flags.put("port", Integer.toString(ports.agents().get(index)));
        flags.put("hostname", LOOPBACK);
        flags.put("work_dir", site.workDirectory(name).toString());
        // Three agents share one machine here, and each offers more than a third of it.
        flags.put("isolation", "posix/cpu,posix/mem");
        flags.put("resources", AGENT_RESOURCES + ports.offeredBy(index));
        flags.put("attributes", "node:" + name);
        flags.put("credential", "file://" + AccessFiles.credential(site));
        flags.put("authenticate_http_readonly", "true");
        flags.put("authenticate_http_readwrite", "true");
        flags.put("http_credentials", "file://" + AccessFiles.credentials(site));
        return new Service(name, Service.Kind.AGENT, ports.agents().get(index), flags);
    }

    private Service marathon() {
        SequencedMap<String, String> flags = framework();
        flags.put("http_address", LOOPBACK);
        flags.put("http_port", Integer.toString(ports.marathon()));
        flags.put("zk", "zk://" + LOOPBACK + ":" + ports.zooKeeper() + "/marathon");
        flags.put("mesos_authentication", "true");
        return new Service("marathon", Service.Kind.MARATHON, ports.marathon(), flags);
    }

    /** Chronos is not started by this program: Marathon runs it. */
    public Service chronos() {
        SequencedMap<String, String> flags = framework();
        flags.put("http_address", LOOPBACK);
        flags.put("http_port", Integer.toString(ports.chronos()));
        flags.put("user", System.getProperty("user.name"));
        flags.put("zk_hosts", LOOPBACK + ":" + ports.zooKeeper());
        return new Service("chronos", Service.Kind.CHRONOS, ports.chronos(), flags);
    }

    private SequencedMap<String, String> framework() {
        SequencedMap<String, String> flags = new LinkedHashMap<>();
        flags.put("master", zooKeeperUrl());
        flags.put("hostname", LOOPBACK);
        flags.put("http_credentials", secrets.principal() + ":" + secrets.secret());
        flags.put("mesos_authentication_principal", secrets.principal());
        flags.put("mesos_authentication_secret_file", AccessFiles.secret(site).toString());
        putDatabase(flags);
        return flags;
    }

    private void putDatabase(SequencedMap<String, String> flags) {
        flags.put("db_url", PostgresServer.url(ports.postgres()));
        flags.put("db_user", PostgresServer.user());
        flags.put("db_password", secrets.databasePassword());
    }

    private static URI at(int port) {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    private static String joined(List<URI> addresses) {
        return addresses.stream().map(URI::toString).collect(Collectors.joining(","));
    }
}
