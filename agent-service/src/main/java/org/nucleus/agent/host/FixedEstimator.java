package org.nucleus.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nucleus.resources.ResourceParser;
import org.nucleus.resources.Resources;
import org.nucleus.service.flags.FlagsException;
import org.nucleus.wire.Resource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says how much an agent offers beyond what it has, as the original's fixed estimator does: always the same, for good.
 * It is configured as there, by {@code --modules}; of libraries only the names and parameters of their modules are
 * read. Source: slave/resource_estimators/fixed.cpp; docs/oversubscription.md.
 */
public final class FixedEstimator {
    /** The only estimator there is. */
    public static final String NAME = "org_apache_mesos_FixedResourceEstimator";

    private static final String PARAMETER = "resources";

    private FixedEstimator() {}

    /**
     * What {@code modules} give the estimator, marked revocable.
     *
     * @param estimator as of {@code --resource_estimator}
     * @param modules as of {@code --modules}: JSON, or the path of a file of it
     * @throws FlagsException if there is no such estimator, or no resources for it
     */
    public static List<Resource> revocable(String estimator, String modules) {
        if (!estimator.equals(NAME)) {
            throw new FlagsException("--resource_estimator must be " + NAME + ", not '" + estimator + "'.");
        }
        String fixed = parameter(parsed(modules))
                .orElseThrow(
                        () -> new FlagsException("--modules gives " + NAME + " no parameter '" + PARAMETER + "'."));
        Resources resources = ResourceParser.parse(fixed, "*");
        return resources.toList().stream()
                .map(resource -> resource.toBuilder()
                        .revocable(new Resource.RevocableInfo())
                        .build())
                .toList();
    }

    private static JsonNode parsed(String modules) {
        try {
            return JsonMapper.shared().readTree(text(modules));
        } catch (JacksonException e) {
            throw new FlagsException("--modules must be JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(String modules) {
        if (modules.strip().startsWith("{")) {
            return modules;
        }
        try {
            return Files.readString(Path.of(modules.startsWith("file://") ? modules.substring(7) : modules));
        } catch (IOException | InvalidPathException e) {
            throw new FlagsException("--modules " + modules + " cannot be read.");
        }
    }

    private static Optional<String> parameter(JsonNode modules) {
        for (JsonNode library : listed(modules.path("libraries"))) {
            for (JsonNode module : listed(library.path("modules"))) {
                for (JsonNode parameter : listed(module.path("parameters"))) {
                    boolean wanted = module.path("name").asString("").equals(NAME)
                            && parameter.path("key").asString("").equals(PARAMETER);
                    if (wanted) {
                        return Optional.of(parameter.path("value").asString(""));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The original's documentation writes what there is one of without brackets. */
    private static List<JsonNode> listed(JsonNode node) {
        if (!node.isArray()) {
            return node.isObject() ? List.of(node) : List.of();
        }
        List<JsonNode> nodes = new ArrayList<>();
        node.forEach(nodes::add);
        return nodes;
    }
}
