package org.nucleus.marathon.core.state;

import java.util.List;
import java.util.Map;
import org.nucleus.machine.Ordered;

/**
 * The definition of an app in one revision. Source: app.raml and AppDefinition.
 *
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
        Map<String, String> labels,
        List<AppPath> dependencies,
        Version version,
        VersionInfo versionInfo) {
    /** The label of apps, schedulers mostly, of which two must never run side by side. */
    public static final String SINGLE_INSTANCE = "MARATHON_SINGLE_INSTANCE_APP";

    public App {
        healthChecks = List.copyOf(healthChecks);
        labels = Ordered.copyOf(labels);
        dependencies = List.copyOf(dependencies);
    }

    public boolean isSingleInstance() {
        return "true".equals(labels.get(SINGLE_INSTANCE));
    }

    public String role() {
        return placement.role();
    }

    /** Whether the two differ in nothing but the number of instances and their versions. */
    public boolean sameConfiguration(App other) {
        return withInstances(0)
                .at(Version.NONE, VersionInfo.NONE)
                .equals(other.withInstances(0).at(Version.NONE, VersionInfo.NONE));
    }

    /** Whether {@code instance} runs this configuration, or will once it is launched. */
    public boolean isCurrent(Instance instance) {
        return instance.waits() || instance.configuration().equals(versionInfo.lastConfigChangeAt());
    }

    public App withInstances(int count) {
        return new App(
                id,
                count,
                program,
                footprint,
                placement,
                ports,
                policy,
                healthChecks,
                labels,
                dependencies,
                version,
                versionInfo);
    }

    public App withPorts(Ports changed) {
        return new App(
                id,
                instances,
                program,
                footprint,
                placement,
                changed,
                policy,
                healthChecks,
                labels,
                dependencies,
                version,
                versionInfo);
    }

    public App at(Version newVersion, VersionInfo info) {
        return new App(
                id,
                instances,
                program,
                footprint,
                placement,
                ports,
                policy,
                healthChecks,
                labels,
                dependencies,
                newVersion,
                info);
    }
}
