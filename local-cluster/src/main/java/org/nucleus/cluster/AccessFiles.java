package org.nucleus.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Who may do what, in the originals' files: credentials, ACLs, and the flags of each service. */
final class AccessFiles {
    private AccessFiles() {}

    /** Whom masters, and agents' HTTP interfaces, know. */
    static Path credentials(Site site) {
        return site.settings().resolve("credentials.json");
    }

    /** As whom an agent authenticates. */
    static Path credential(Site site) {
        return site.settings().resolve("credential.json");
    }

    static Path acls(Site site) {
        return site.settings().resolve("acls.json");
    }

    static Path secret(Site site) {
        return site.settings().resolve("secret");
    }

    /** The file for {@code --flags_file}. */
    static Path flags(Site site, Service service) {
        return site.settings().resolve(service.name() + ".flags");
    }

    /** Writes all of them; credentials and ACLs that are there already are the operator's. */
    static void write(Blueprint blueprint) {
        Site site = blueprint.site();
        Secrets secrets = blueprint.secrets();
        String credential =
                "{\"principal\": \"%s\", \"secret\": \"%s\"}".formatted(secrets.principal(), secrets.secret());
        writeOnce(credentials(site), "{\"credentials\": [" + credential + "]}\n");
        writeOnce(credential(site), credential + "\n");
        writeOnce(acls(site), acls(secrets.principal(), System.getProperty("user.name")));
        blueprint.services().forEach(service -> writeFlags(site, service));
        writeFlags(site, blueprint.chronos());
        Site.writePrivately(site.environment(), blueprint.environment());
    }

    /** The principal may do everything as the user who runs the cluster; all others nothing. */
    private static String acls(String principal, String user) {
        return """
                {
                  "permissive": false,
                  "register_frameworks": [{"principals": {"values": ["%1$s"]}, "roles": {"type": "ANY"}}],
                  "run_tasks": [{"principals": {"values": ["%1$s"]}, "users": {"values": ["%2$s"]}}],
                  "teardown_frameworks": [{"principals": {"values": ["%1$s"]}, "framework_principals": {"type": "ANY"}}],
                  "register_agents": [{"principals": {"values": ["%1$s"]}, "agents": {"type": "ANY"}}],
                  "view_frameworks": [{"principals": {"values": ["%1$s"]}, "users": {"type": "ANY"}}],
                  "view_tasks": [{"principals": {"values": ["%1$s"]}, "users": {"type": "ANY"}}],
                  "view_executors": [{"principals": {"values": ["%1$s"]}, "users": {"type": "ANY"}}],
                  "view_roles": [{"principals": {"values": ["%1$s"]}, "roles": {"type": "ANY"}}],
                  "access_sandboxes": [{"principals": {"values": ["%1$s"]}, "users": {"type": "ANY"}}],
                  "access_mesos_logs": [{"principals": {"values": ["%1$s"]}, "logs": {"type": "ANY"}}],
                  "get_endpoints": [{"principals": {"values": ["%1$s"]}, "paths": {"type": "ANY"}}]
                }
                """.formatted(principal, user);
    }

    private static void writeFlags(Site site, Service service) {
        String lines = service.flags().entrySet().stream()
                .map(flag -> flag.getKey() + "=" + flag.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
        Site.writePrivately(flags(site, service), lines);
    }

    private static void writeOnce(Path file, String content) {
        if (!Files.exists(file)) {
            Site.writePrivately(file, content);
        }
    }
}
