package org.nucleus.marathon.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nucleus.access.Credential;
import org.nucleus.marathon.core.state.AppPath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Those who may call, with their rights, from a file:
 * <pre>{@code
 * {"users": [{"name": "ann", "password": "...", "rights": [{"group": "/dev", "may": "change"},
 *                                                          {"group": "/", "may": "view"}]}]}
 * }</pre>
 * Whoever may change something may see it too. Nobody has a right that isn't listed.
 */
public final class Users {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, User> byName;

    private record User(Credential credential, Rights rights) {}

    private Users(Map<String, User> byName) {
        this.byName = byName;
    }

    /** One user who may do everything. */
    public static Users only(Credential credential) {
        return new Users(Map.of(credential.principal(), new User(credential, Rights.ALL)));
    }

    /** @throws IllegalArgumentException if the file isn't of the form above */
    public static Users read(Path file) {
        Map<String, User> users = new LinkedHashMap<>();
        try {
            for (JsonNode user : JSON.readTree(Files.readString(file)).path("users")) {
                String name = text(user, "name", file);
                users.put(name, new User(new Credential(name, text(user, "password", file)), rights(user, file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The users' file " + file + " cannot be read", e);
        }
        return new Users(users);
    }

    private static Rights rights(JsonNode user, Path file) {
        List<AppPath> view = new ArrayList<>();
        List<AppPath> change = new ArrayList<>();
        for (JsonNode right : user.path("rights")) {
            AppPath group = AppPath.of(text(right, "group", file));
            switch (text(right, "may", file)) {
                case "view" -> view.add(group);
                case "change" -> change.add(group);
                default -> throw new IllegalArgumentException(file + ": \"may\" is \"view\" or \"change\"");
            }
        }
        return new Rights(view, change);
    }

    private static String text(JsonNode node, String name, Path file) {
        if (!node.path(name).isString()) {
            throw new IllegalArgumentException(file + ": a \"" + name + "\" is missing");
        }
        return node.path(name).stringValue();
    }

    public Optional<Credential> credential(String principal) {
        return Optional.ofNullable(byName.get(principal)).map(User::credential);
    }

    public Rights rights(String principal) {
        User user = byName.get(principal);
        return user == null ? Rights.NONE : user.rights();
    }
}
