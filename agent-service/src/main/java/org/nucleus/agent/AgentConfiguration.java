package org.nucleus.agent;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Acls;
import org.nucleus.access.Authorizer;
import org.nucleus.access.Credential;
import org.nucleus.access.Credentials;
import org.nucleus.agent.access.AgentAccess;
import org.nucleus.agent.api.About;
import org.nucleus.agent.api.FileAccess;
import org.nucleus.agent.checkpoint.AgentFacts;
import org.nucleus.agent.checkpoint.AgentMeta;
import org.nucleus.agent.checkpoint.CheckpointJournal;
import org.nucleus.agent.checkpoint.Continuity;
import org.nucleus.agent.checkpoint.Reconfiguration;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.containerizer.process.ProcessContainerizer;
import org.nucleus.agent.core.Agent;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentSettings;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.executorlink.ExecutorLinks;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.agent.fetcher.FetcherCache;
import org.nucleus.agent.host.FixedEstimator;
import org.nucleus.agent.host.Host;
import org.nucleus.agent.masterlink.MasterLink;
import org.nucleus.agent.metrics.AgentMetrics;
import org.nucleus.agent.nested.NestedContainers;
import org.nucleus.agent.outbound.AgentOutbound;
import org.nucleus.agent.outbound.Containers;
import org.nucleus.agent.outbound.Inbox;
import org.nucleus.agent.outbound.Sandboxes;
import org.nucleus.agent.outbound.TaskEnvironment;
import org.nucleus.agent.sandbox.Disposal;
import org.nucleus.agent.view.AgentView;
import org.nucleus.agent.view.LifeLog;
import org.nucleus.agent.view.Observers;
import org.nucleus.agent.view.TaskWatch;
import org.nucleus.agent.volume.PersistentVolumes;
import org.nucleus.detection.MasterDetector;
import org.nucleus.machine.TimerQueue;
import org.nucleus.machine.Writer;
import org.nucleus.resources.ResourceParser;
import org.nucleus.service.access.AccessRules;
import org.nucleus.service.files.AttachedFiles;
import org.nucleus.service.flags.Exit;
import org.nucleus.service.flags.FlagsException;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.AgentInfo.Capability;
import org.nucleus.wire.Resource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts the agent together; the only place that knows all its rooms. */
@Configuration(proxyBeanMethods = false)
class AgentConfiguration {
    private static final String VERSION = "1.11.0";
    private static final int EXIT_FATAL = 1;

    @Bean
    Agent agent() {
        return new Agent();
    }

    @Bean
    Inbox inbox() {
        return new Inbox();
    }

    @Bean
    ExecutorLinks executorLinks(Inbox inbox) {
        return new ExecutorLinks(inbox::offer);
    }

    @Bean
    Endpoint endpoint(AgentProperties properties) {
        return new Endpoint(properties);
    }

    @Bean
    AttachedFiles attachedFiles(AgentProperties properties) throws IOException {
        AttachedFiles files = new AttachedFiles();
        Path log = properties.externalLogFile();
        if (log != null) {
            files.attachLog(FileAccess.LOG, log);
        }
        return files;
    }

    @Bean
    AgentView agentView(Agent agent, Inbox inbox) {
        return new AgentView(agent.state(), inbox);
    }

    @Bean
    TaskWatch taskWatch(Agent agent) {
        return new TaskWatch(agent.state());
    }

    @Bean
    AgentMetrics agentMetrics(Agent agent, MeterRegistry registry) {
        return new AgentMetrics(agent.state(), Clock.systemUTC().instant(), registry);
    }

    @Bean
    Isolation isolation(AgentProperties properties) {
        return IsolationFlags.open(properties);
    }

    @Bean(destroyMethod = "")
    Containerizer containerizer(AgentProperties properties, Isolation isolation) throws IOException {
        Fetcher fetcher = new Fetcher(fetching(properties), Clock.systemUTC(), cache(properties));
        Containerizer processes = new ProcessContainerizer(
                workDir(properties).resolve("containers"),
                fetcher,
                properties.switchUser(),
                isolation,
                LoggerFlags.rotation(properties));
        return DockerFlags.open(properties, workDir(properties), processes, fetcher);
    }

    @Bean
    AgentAccess agentAccess(AgentProperties properties) {
        Acls acls = properties.acls() == null ? Acls.permissive() : Acls.parse(properties.acls());
        return new AgentAccess(new Authorizer(acls));
    }

    @Bean
    NestedContainers nestedContainers(Containerizer containerizer, AgentProperties properties) throws IOException {
        return new NestedContainers(containerizer, workDir(properties));
    }

    @Bean
    AccessRules accessRules(AgentProperties properties) {
        Credentials credentials = properties.httpCredentials() == null
                ? Credentials.none()
                : Credentials.load(properties.httpCredentials());
        return new AccessRules(credentials::of, request -> realm(request, properties));
    }

    @Bean
    About about(Endpoint endpoint, MasterLink link, AgentProperties properties, Isolation isolation) {
        return new About(
                endpoint::toString,
                link::leaderHost,
                FlagsShown.of(properties, isolation),
                properties.httpHeartbeatInterval());
    }

    @Bean(destroyMethod = "")
    Sandboxes sandboxes(AgentProperties properties, AttachedFiles files) throws IOException {
        return new Sandboxes(
                workDir(properties),
                files,
                new Disposal.Settings(
                        properties.gcDelay(), properties.gcDiskHeadroom(), properties.diskWatchInterval()));
    }

    @Bean
    PersistentVolumes persistentVolumes(AgentProperties properties) throws IOException {
        return new PersistentVolumes(workDir(properties));
    }

    @Bean
    AgentRuntime agentRuntime(Edge edge, TaskWatch watch, Endpoint endpoint, AgentProperties properties)
            throws IOException {
        Path workDir = workDir(properties);
        Host host = Host.here(workDir);
        CheckpointJournal journal =
                properties.strict() ? CheckpointJournal.open(workDir) : CheckpointJournal.openOrBegin(workDir);
        Inbox inbox = edge.inbox();
        Sandboxes sandboxes = edge.sandboxes();
        var environment = new TaskEnvironment(
                endpoint::toString,
                properties.executorShutdownGracePeriod(),
                properties.recoveryTimeout(),
                extra(properties));
        Containers containers = new Containers(edge.containerizer(), sandboxes, environment, inbox);
        MasterLink link = edge.link();
        TimerQueue<TimerKey> timers =
                new TimerQueue<>("agent-timers", Clock.systemUTC(), key -> inbox.tell(new AgentInput.TimerFired(key)));
        Writer<AgentInput, Change.Durable, Effect> writer = new Writer<>(
                edge.agent(),
                journal,
                new AgentOutbound(
                        new AgentOutbound.Links(link, edge.executors()),
                        containers,
                        new AgentOutbound.Disk(sandboxes, edge.volumes()),
                        timers,
                        edge.exit()),
                new Observers(List.of(
                        new LifeLog(edge.agent().state(), new AgentMeta(workDir)), edge.metrics(), watch, edge.view())),
                Clock.systemUTC(),
                Writer.Settings.named("agent-writer"),
                failure -> edge.exit().exit(EXIT_FATAL, "the core stopped: " + failure.getMessage()));
        var parts = new AgentRuntime.Parts(
                journal,
                new Continuity(new AgentFacts(workDir), reconfiguration(properties), properties.port() == 0),
                edge.containerizer(),
                containers,
                sandboxes,
                edge.volumes(),
                writer,
                timers,
                link,
                MasterDetector.of(required(properties.master(), "master")));
        return new AgentRuntime(parts, inbox, () -> settings(properties, endpoint, host), watch);
    }

    @Bean(destroyMethod = "")
    MasterLink masterLink(AgentProperties properties, Inbox inbox) {
        return new MasterLink(credential(properties), inbox::put);
    }

    @Bean
    Edge edge(
            Agent agent,
            Inbox inbox,
            MasterLink link,
            Containerizer containerizer,
            Sandboxes sandboxes,
            PersistentVolumes volumes,
            AgentMetrics metrics,
            AgentView view,
            ExecutorLinks executors,
            Exit exit) {
        return new Edge(agent, inbox, link, containerizer, sandboxes, volumes, metrics, view, executors, exit);
    }

    /** What the runtime is built from. */
    record Edge(
            Agent agent,
            Inbox inbox,
            MasterLink link,
            Containerizer containerizer,
            Sandboxes sandboxes,
            PersistentVolumes volumes,
            AgentMetrics metrics,
            AgentView view,
            ExecutorLinks executors,
            Exit exit) {}

    private static AgentSettings settings(AgentProperties properties, Endpoint endpoint, Host host) {
        AgentInfo info = new AgentInfo(
                endpoint.hostname(),
                endpoint.port(),
                resources(properties, host),
                properties.attributes().isBlank() ? List.of() : ResourceParser.attributes(properties.attributes()),
                null,
                null);
        return new AgentSettings(
                info,
                VERSION,
                List.of(
                        new Capability(Capability.Type.MULTI_ROLE),
                        new Capability(Capability.Type.HIERARCHICAL_ROLE),
                        new Capability(Capability.Type.RESERVATION_REFINEMENT),
                        new Capability(Capability.Type.RESOURCE_PROVIDER),
                        new Capability(Capability.Type.RESIZE_VOLUME),
                        new Capability(Capability.Type.AGENT_DRAINING),
                        new Capability(Capability.Type.TASK_RESOURCE_LIMITS),
                        new Capability(Capability.Type.AGENT_OPERATION_FEEDBACK)),
                endpoint.ip(),
                properties.registrationBackoffFactor(),
                properties.executorShutdownGracePeriod(),
                cleanup(properties.recover()),
                properties.executorRegistrationTimeout(),
                properties.executorReregistrationTimeout());
    }

    /** What there is, and what is offered beyond it. */
    private static List<Resource> resources(AgentProperties properties, Host host) {
        List<Resource> resources = host.resources(properties.resources(), properties.defaultRole());
        if (properties.resourceEstimator() == null) {
            return resources;
        }
        String modules = Optional.ofNullable(properties.modules()).orElse("{}");
        return Stream.concat(
                        resources.stream(), FixedEstimator.revocable(properties.resourceEstimator(), modules).stream())
                .toList();
    }

    private static Reconfiguration reconfiguration(AgentProperties properties) {
        return Reconfiguration.named(properties.reconfigurationPolicy())
                .orElseThrow(() -> new FlagsException("--reconfiguration_policy must be equal or additive, not '"
                        + properties.reconfigurationPolicy() + "'."));
    }

    private static boolean cleanup(String recover) {
        return switch (recover) {
            case "reconnect" -> false;
            case "cleanup" -> true;
            default -> throw new FlagsException("--recover must be reconnect or cleanup, not '" + recover + "'.");
        };
    }

    /** In a directory of this agent's own, also where several agents are given the same. */
    private static FetcherCache cache(AgentProperties properties) throws IOException {
        Path work = workDir(properties);
        String given = properties.fetcherCacheDir();
        Path directory = given == null
                ? work.resolve("fetcher-cache")
                : Path.of(given).toAbsolutePath().resolve(Integer.toHexString(work.hashCode()));
        return new FetcherCache(directory, properties.fetcherCacheSize().toBytes());
    }

    private static Fetcher.Settings fetching(AgentProperties properties) {
        String home = properties.frameworksHome();
        return new Fetcher.Settings(
                Fetcher.Settings.defaults().mostBytes(),
                properties.fetcherStallTimeout(),
                home == null ? null : Path.of(home));
    }

    private static Optional<Credential> credential(AgentProperties properties) {
        if (properties.credential() == null) {
            return Optional.empty();
        }
        return Optional.of(Credentials.load(properties.credential())
                .single()
                .orElseThrow(() -> new FlagsException("--credential must hold one principal and its secret.")));
    }

    private static Map<String, String> extra(AgentProperties properties) {
        Map<String, String> variables = new LinkedHashMap<>();
        JsonMapper.shared()
                .readTree(properties.executorEnvironmentVariables())
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asString()));
        return variables;
    }

    private static Path workDir(AgentProperties properties) throws IOException {
        return Files.createDirectories(
                Path.of(required(properties.workDir(), "work_dir")).toAbsolutePath());
    }

    private static String required(@Nullable String value, String flag) {
        if (value == null || value.isBlank()) {
            throw new FlagsException("The agent needs --" + flag + ".");
        }
        return value;
    }

    /** Never asked who they are, as in the original: executors, and those that ask for health or version. */
    private static Optional<String> realm(HttpServletRequest request, AgentProperties properties) {
        String path = request.getRequestURI();
        boolean open = path.equals(ExecutorLinks.PATH)
                || path.equals("/health")
                || path.equals("/version")
                || path.startsWith("/actuator/");
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        boolean asked = reading ? properties.authenticateHttpReadonly() : properties.authenticateHttpReadwrite();
        if (open || !asked) {
            return Optional.empty();
        }
        return Optional.of(reading ? "mesos-agent-readonly" : "mesos-agent-readwrite");
    }
}
