package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Image;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.Pod.PodContainer;
import org.nucleus.marathon.core.state.Pod.PodHealthCheck;
import org.nucleus.marathon.core.state.TaskCheck;

/** Reads one container of a pod. */
final class PodContainerReader {
    private static final int PORT_MOST = 65_535;

    private PodContainerReader() {}

    static PodContainer read(Fields fields) {
        Fields exec = fields.object("exec");
        Fields command = exec == null ? null : exec.object("command");
        Fields lifecycle = fields.object("lifecycle");
        return new PodContainer(
                fields.required("name"),
                command == null ? null : command.text("shell"),
                command == null ? List.of() : command.texts("argv"),
                resources(fields),
                endpoints(fields),
                image(fields.object("image")),
                SecretReader.env(fields, "environment"),
                SecretReader.secretEnv(fields, "environment"),
                fields.text("user"),
                healthCheck(fields.object("healthCheck")),
                CheckReader.check(fields.object("check")),
                mounts(fields),
                FetchReader.read(fields, "artifacts"),
                fields.map("labels"),
                lifecycle == null ? null : lifecycle.whole("killGracePeriodSeconds", 0, Integer.MAX_VALUE),
                fields.flag("tty", false));
    }

    private static Footprint resources(Fields fields) {
        Fields resources = fields.object("resources");
        if (resources == null) {
            fields.required("resources");
            return new Footprint(0, 0, 0, 0);
        }
        Footprint limits = AppReader.footprint(fields, "resourceLimits");
        return new Footprint(
                resources.thousandths("cpus", 0.1),
                resources.thousandths("mem", 32),
                resources.thousandths("disk", 0),
                resources.whole("gpus", 0, 0, Integer.MAX_VALUE),
                limits.cpuLimit(),
                limits.memLimit());
    }

    private static List<Pod.Endpoint> endpoints(Fields fields) {
        List<Pod.Endpoint> endpoints = new ArrayList<>();
        fields.objects(
                "endpoints",
                one -> endpoints.add(new Pod.Endpoint(
                        one.required("name"),
                        one.whole("containerPort", 0, PORT_MOST),
                        one.whole("hostPort", 0, PORT_MOST),
                        one.texts("protocol"),
                        one.map("labels"),
                        one.texts("networkNames"))));
        return endpoints;
    }

    private static @Nullable Image image(@Nullable Fields image) {
        if (image == null) {
            return null;
        }
        if (!image.text("kind", "DOCKER").equals("DOCKER")) {
            image.problems().add(image.at("kind"), "only images of kind DOCKER are supported");
        }
        Fields pull = image.object("pullConfig");
        return new Image(
                image.required("id"),
                image.flag("forcePull", false),
                false,
                List.of(),
                pull == null ? null : pull.required("secret"));
    }

    private static @Nullable PodHealthCheck healthCheck(@Nullable Fields check) {
        if (check == null) {
            return null;
        }
        Fields http = check.object("http");
        Fields tcp = check.object("tcp");
        Fields exec = check.object("exec");
        Fields asked = http != null ? http : tcp != null ? tcp : exec;
        if (asked == null) {
            check.problems().add(check.at("exec"), "error.path.missing");
            return null;
        }
        TaskCheck.Kind kind =
                http != null ? TaskCheck.Kind.HTTP : tcp != null ? TaskCheck.Kind.TCP : TaskCheck.Kind.EXEC;
        Fields command = exec == null ? null : exec.object("command");
        return new PodHealthCheck(
                kind,
                kind == TaskCheck.Kind.EXEC ? null : asked.required("endpoint"),
                asked.text("path", "/"),
                asked.text("scheme", "HTTP").equals("HTTPS"),
                command == null ? null : CheckReader.shell(command),
                check.whole("gracePeriodSeconds", 300, 0, Integer.MAX_VALUE),
                check.whole("intervalSeconds", 60, 0, Integer.MAX_VALUE),
                check.whole("maxConsecutiveFailures", 3, 0, Integer.MAX_VALUE),
                check.whole("timeoutSeconds", 20, 0, Integer.MAX_VALUE),
                check.whole("delaySeconds", 15, 0, Integer.MAX_VALUE));
    }

    private static List<Pod.VolumeMount> mounts(Fields fields) {
        List<Pod.VolumeMount> mounts = new ArrayList<>();
        fields.objects(
                "volumeMounts",
                one -> mounts.add(new Pod.VolumeMount(
                        one.required("name"), one.required("mountPath"), one.flag("readOnly", false))));
        return mounts;
    }
}
