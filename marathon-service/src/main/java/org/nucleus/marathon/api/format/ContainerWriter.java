package org.nucleus.marathon.api.format;

import java.util.List;
import java.util.Objects;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Container;
import org.nucleus.marathon.core.state.Image;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Volume;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a task runs in. */
final class ContainerWriter {
    private ContainerWriter() {}

    static void write(ObjectNode json, App app) {
        Container container = Objects.requireNonNull(app.container());
        json.put("type", container.kind().name());
        if (container.image() != null) {
            image(json.putObject("docker"), container.image());
        }
        ArrayNode volumes = json.putArray("volumes");
        container.volumes().forEach(volume -> volume(volumes.addObject(), volume));
        if (!app.isOnHostNetwork()) {
            mappings(json.putArray("portMappings"), app.ports().definitions());
        }
    }

    private static void image(ObjectNode json, Image image) {
        json.put("forcePullImage", image.forcePull());
        json.put("image", image.name());
        ArrayNode parameters = json.putArray("parameters");
        image.parameters()
                .forEach(one -> parameters.addObject().put("key", one.key()).put("value", one.value()));
        json.put("privileged", image.privileged());
        if (image.pullSecret() != null) {
            json.putObject("pullConfig").put("secret", image.pullSecret());
        }
    }

    private static void volume(ObjectNode json, Volume volume) {
        json.put("containerPath", volume.containerPath());
        switch (volume) {
            case Volume.Host host -> json.put("hostPath", host.hostPath()).put("mode", host.readOnly() ? "RO" : "RW");
            case Volume.Secret secret -> json.put("secret", secret.secret());
            case Volume.Persistent persistent -> {
                json.put("mode", "RW");
                persistent(json.putObject("persistent"), persistent);
            }
        }
    }

    static void persistent(ObjectNode json, Volume.Persistent volume) {
        json.put("type", volume.type().name().toLowerCase(java.util.Locale.ROOT))
                .put("size", volume.size());
        json.putArray("constraints");
    }

    private static void mappings(ArrayNode json, List<PortDefinition> definitions) {
        for (PortDefinition definition : definitions) {
            var mapping = definition.mapping();
            if (mapping == null) {
                continue;
            }
            ObjectNode one = json.addObject().put("containerPort", mapping.containerPort());
            if (mapping.hostPort() != null) {
                one.put("hostPort", mapping.hostPort());
            }
            AppWriter.map(one.putObject("labels"), definition.labels());
            if (definition.name() != null) {
                one.put("name", definition.name());
            }
            AppWriter.texts(one, "networkNames", mapping.networkNames());
            one.put("protocol", definition.protocol());
            one.put("servicePort", definition.port());
        }
    }
}
