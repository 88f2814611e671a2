package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Container;
import org.nucleus.marathon.core.state.Image;
import org.nucleus.marathon.core.state.Volume;

/** Reads what a task runs in. */
final class ContainerReader {
    private ContainerReader() {}

    static @Nullable Container container(Fields fields) {
        Fields container = fields.object("container");
        if (container == null) {
            return null;
        }
        Fields docker = container.object("docker");
        Container.Kind kind = container.choice("type", docker == null ? Container.Kind.MESOS : Container.Kind.DOCKER);
        return new Container(kind, docker == null ? null : image(docker), volumes(container));
    }

    private static Image image(Fields docker) {
        List<Image.Parameter> parameters = new ArrayList<>();
        docker.objects(
                "parameters", one -> parameters.add(new Image.Parameter(one.required("key"), one.required("value"))));
        Fields pull = docker.object("pullConfig");
        return new Image(
                docker.required("image"),
                docker.flag("forcePullImage", false),
                docker.flag("privileged", false),
                parameters,
                pull == null ? null : pull.required("secret"));
    }

    private static List<Volume> volumes(Fields container) {
        List<Volume> volumes = new ArrayList<>();
        container.objects("volumes", one -> {
            String path = one.required("containerPath");
            Fields persistent = one.object("persistent");
            if (persistent != null) {
                volumes.add(persistent(path, persistent));
            } else if (one.has("secret")) {
                volumes.add(new Volume.Secret(path, one.text("secret", "")));
            } else if (one.has("hostPath")) {
                volumes.add(new Volume.Host(
                        path, one.text("hostPath", ""), one.text("mode", "RO").equals("RO")));
            } else if (!one.has("external")) {
                one.problems().add(one.at("hostPath"), "error.path.missing");
            }
        });
        return volumes;
    }

    static Volume.Persistent persistent(String path, Fields fields) {
        String type = fields.text("type", "root");
        List<Constraint> constraints = AppReader.constraints(fields, "constraints");
        Volume.DiskType disk = switch (type) {
            case "root" -> Volume.DiskType.ROOT;
            case "path" -> Volume.DiskType.PATH;
            case "mount" -> Volume.DiskType.MOUNT;
            default -> {
                fields.problems().add(fields.at("type"), "error.unknown.enum.literal");
                yield Volume.DiskType.ROOT;
            }
        };
        Integer maxSize = fields.whole("maxSize", 0, Integer.MAX_VALUE);
        return new Volume.Persistent(
                path,
                disk,
                fields.whole("size", 0, 0, Integer.MAX_VALUE),
                maxSize == null ? null : maxSize.longValue(),
                fields.text("profileName"),
                constraints);
    }
}
