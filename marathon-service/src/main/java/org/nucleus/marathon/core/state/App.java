package org.nucleus.marathon.core.state;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/**
 * The definition of an app or, with {@code pod}, of a pod in one revision: both are deployed, placed and replaced by the
 * same rules. Source: app.raml, pod.raml and AppDefinition.
 *
 * @param instances of a daemon: how many must be ready before a deployment is over
 * @param container absent: the task runs among the agent's own files
 * @param networks empty: the host's
 * @param pod absent: an app, of one task
 * @param daemon one instance on every agent that fits, however many there are
 * @param version of this revision
 * @param versionInfo which earlier revision last changed the scale, and which the configuration
 */
public record App(
        AppPath id,
        int instances,
        Program program,
        Footprint footprint,
        Placement placement,
        Ports ports,
        Policy policy,
        List<HealthCheck> healthChecks,
        List<ReadinessCheck> readinessChecks,
        @Nullable TaskCheck check,
        @Nullable Container container,
        List<Network> networks,
        @Nullable Pod pod,
        boolean daemon,
        Map<String, String> labels,
        List<AppPath> dependencies,
        Version version,
        VersionInfo versionInfo) {
    /** The label of apps, schedulers mostly, of which two must never run side by side. */
    public static final String SINGLE_INSTANCE = "MARATHON_SINGLE_INSTANCE_APP";

    public App {
        healthChecks = List.copyOf(healthChecks);
        readinessChecks = List.copyOf(readinessChecks);
        networks = List.copyOf(networks);
        labels = Ordered.copyOf(labels);
        dependencies = List.copyOf(dependencies);
    }

    public boolean isPod() {
        return pod != null;
    }

    public boolean isSingleInstance() {
        return "true".equals(labels.get(SINGLE_INSTANCE));
    }

    /** Whether instances keep data on their agents. */
    public boolean isResident() {
        return !persistentVolumes().isEmpty();
    }

    public List<Volume.Persistent> persistentVolumes() {
        if (pod != null) {
            return pod.persistentVolumes();
        }
        return container == null ? List.of() : container.persistentVolumes();
    }

    public String role() {
        return placement.role();
    }

    public boolean isOnHostNetwork() {
        return networks.stream().allMatch(network -> network.mode() == Network.Mode.HOST);
    }

    /** Whether the two differ in nothing but the number of instances and their versions. */
    public boolean sameConfiguration(App other) {
        return bare().equals(other.bare());
    }

    /** Whether the two differ in nothing but the number of instances, their versions and their labels. */
    public boolean sameButForLabels(App other) {
        return bare().withLabels(Collections.emptyMap()).equals(other.bare().withLabels(Collections.emptyMap()));
    }

    private App bare() {
        return withInstances(0).at(Version.NONE, VersionInfo.NONE);
    }

    /** Whether {@code instance} runs this configuration, or will once it is launched. */
    public boolean isCurrent(Instance instance) {
        return instance.waits() || instance.configuration().equals(versionInfo.lastConfigChangeAt());
    }

    public App withInstances(int count) {
        return copy(count, ports, labels, version, versionInfo);
    }

    public App withPorts(Ports changed) {
        return copy(instances, changed, labels, version, versionInfo);
    }

    public App withLabels(Map<String, String> changed) {
        return copy(instances, ports, changed, version, versionInfo);
    }

    public App at(Version newVersion, VersionInfo info) {
        return copy(instances, ports, labels, newVersion, info);
    }

    private App copy(int count, Ports newPorts, Map<String, String> newLabels, Version newVersion, VersionInfo info) {
        return new App(
                id,
                count,
                program,
                footprint,
                placement,
                newPorts,
                policy,
                healthChecks,
                readinessChecks,
                check,
                container,
                networks,
                pod,
                daemon,
                newLabels,
                dependencies,
                newVersion,
                info);
    }
}
