package org.nucleus.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The principals that a server knows, each with its secret. Read from {@code {"credentials":[{"principal":"p",
 * "secret":"s"}]}}, from one {@code {"principal":"p","secret":"s"}}, or from lines of {@code principal secret}, as the
 * original's versions had them. Nothing here ever shows a secret.
 */
public final class Credentials {
    private static final Logger log = LoggerFactory.getLogger(Credentials.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final SequencedMap<String, Credential> byPrincipal = new TreeMap<>();

    private Credentials() {}

    public static Credentials none() {
        return new Credentials();
    }

    public static Credentials of(List<Credential> credentials) {
        var result = new Credentials();
        credentials.forEach(result::add);
        return result;
    }

    /**
     * @throws InvalidAccessRules saying where the text is wrong
     */
    public static Credentials parse(String textOrJson) {
        return textOrJson.stripLeading().startsWith("{") ? fromJson(textOrJson) : fromText(textOrJson);
    }

    /**
     * Warns when others than the owner may read the file.
     *
     * @throws InvalidAccessRules if it cannot be read or is wrong
     */
    public static Credentials load(Path file) {
        try {
            warnIfOpen(file);
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new InvalidAccessRules("Cannot read the credentials in " + file + ": " + e.getMessage(), e);
        }
    }

    public Optional<Credential> of(String principal) {
        return Optional.ofNullable(byPrincipal.get(principal));
    }

    public boolean isEmpty() {
        return byPrincipal.isEmpty();
    }

    public List<String> principals() {
        return List.copyOf(byPrincipal.keySet());
    }

    /** The only one there is: what a client proves itself with. */
    public Optional<Credential> single() {
        return byPrincipal.size() == 1 ? Optional.of(byPrincipal.firstEntry().getValue()) : Optional.empty();
    }

    /**
     * Whether {@code secret} is that of {@code principal}; how long it takes tells neither what is wrong nor how wrong.
     */
    public boolean prove(String principal, String secret) {
        Credential known = byPrincipal.get(principal);
        boolean same = MessageDigest.isEqual(bytes(known == null ? "" : known.secret()), bytes(secret));
        return known != null && same;
    }

    @Override
    public String toString() {
        return "Credentials" + byPrincipal.keySet();
    }

    private void add(Credential credential) {
        if (credential.principal().isEmpty() || credential.secret().isEmpty()) {
            throw new InvalidAccessRules("A credential needs a principal and a secret; those of '"
                    + credential.principal() + "' are incomplete");
        }
        if (byPrincipal.putIfAbsent(credential.principal(), credential) != null) {
            throw new InvalidAccessRules("Principal '" + credential.principal() + "' has more than one credential");
        }
    }

    private static Credentials fromText(String text) {
        var result = new Credentials();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] words = line.strip().split("\\s+");
            if (words.length != 2) {
                throw new InvalidAccessRules("Line " + number + " of the credentials is not 'principal secret'");
            }
            result.add(new Credential(words[0], words[1]));
        }
        return result;
    }

    private static Credentials fromJson(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            // neither its message nor itself as cause: both may quote the text, secrets included
            throw new InvalidAccessRules("The JSON of the credentials is malformed at line "
                    + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
        }
        var result = new Credentials();
        JsonNode list = root.get("credentials");
        if (list == null) {
            result.add(credential(root, "The credential"));
            return result;
        }
        if (!list.isArray()) {
            throw new InvalidAccessRules("'credentials' is not an array");
        }
        int number = 0;
        for (JsonNode element : list) {
            result.add(credential(element, "Credential " + ++number));
        }
        return result;
    }

    private static Credential credential(JsonNode node, String where) {
        String principal = text(node.get("principal"), "principal", where);
        return new Credential(principal, text(node.get("secret"), "secret", where));
    }

    private static String text(@Nullable JsonNode value, String field, String where) {
        if (value == null || !value.isString() || value.stringValue().isEmpty()) {
            throw new InvalidAccessRules(where + " has no '" + field + "', or it is not a text");
        }
        return value.stringValue();
    }

    private static void warnIfOpen(Path file) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .log("Credentials may be read by everybody: restrict the file to its owner");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
