package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What opens private registries: the file that the command line's login writes, either fetched into the sandbox or the
 * agent's own of {@code --docker_config}.
 */
final class RegistryAccess {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> IN_SANDBOX = List.of(".docker/config.json", ".dockercfg");

    private final @Nullable Path agents;

    RegistryAccess(@Nullable Path agents) {
        this.agents = agents;
    }

    /** An {@code X-Registry-Auth}; empty if nothing is known of the image's registry. */
    String of(ImageName image, Path sandbox) throws IOException {
        for (String name : IN_SANDBOX) {
            Path file = sandbox.resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return in(file, image);
            }
        }
        return agents == null ? "" : in(agents, image);
    }

    private static String in(Path file, ImageName image) throws IOException {
        JsonNode content = read(file);
        JsonNode registries = content.has("auths") ? content.path("auths") : content;
        JsonNode known = registries.path(image.registry());
        if (known.isMissingNode()) {
            known = registries.path("https://" + image.registry());
        }
        String[] both = credentials(known, file);
        if (both.length < 2) {
            return "";
        }
        ObjectNode header = JSON.createObjectNode()
                .put("username", both[0])
                .put("password", both[1])
                .put("serveraddress", image.registry());
        return Base64.getUrlEncoder().encodeToString(header.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String[] credentials(JsonNode known, Path file) throws IOException {
        String encoded = known.path("auth").asString("");
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException e) {
            throw new IOException("The credentials in " + file + " are not base64", e);
        }
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new IOException("The credentials in " + file + " are not JSON", e);
        }
    }
}
