package org.nucleus.master.core.task;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.Secret;

/** What a command must look like. Source: common/validation.cpp, validateCommandInfo, validateEnvironment. */
final class CommandRules {
    private CommandRules() {}

    static Optional<String> refusal(CommandInfo command) {
        Environment environment = command.environment();
        if (environment == null) {
            return Optional.empty();
        }
        for (Environment.Variable variable : environment.variables()) {
            Optional<String> refusal = refusal(variable);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refusal(Environment.Variable variable) {
        return switch (variable.type()) {
            case SECRET -> refusalOfSecret(variable);
            case VALUE -> refusalOfValue(variable);
            case UNKNOWN -> Optional.of("Environment variable of type 'UNKNOWN' is not allowed");
        };
    }

    private static Optional<String> refusalOfValue(Environment.Variable variable) {
        String subject = "Environment variable '" + variable.name() + "' of type 'VALUE' must ";
        if (variable.value() == null) {
            return Optional.of(subject + "have a value set");
        }
        return variable.secret() == null ? Optional.empty() : Optional.of(subject + "not have a secret set");
    }

    private static Optional<String> refusalOfSecret(Environment.Variable variable) {
        String subject = "Environment variable '" + variable.name() + "' ";
        Secret secret = variable.secret();
        if (secret == null) {
            return Optional.of(subject + "of type 'SECRET' must have a secret set");
        }
        if (variable.value() != null) {
            return Optional.of(subject + "of type 'SECRET' must not have a value set");
        }
        Optional<String> refusal = refusal(secret);
        if (refusal.isPresent()) {
            return Optional.of(subject + "specifies an invalid secret: " + refusal.get());
        }
        return containsNull(secret.value())
                ? Optional.of(
                        subject + "specifies a secret containing null bytes, which is not allowed in the environment")
                : Optional.empty();
    }

    static Optional<String> refusal(Secret secret) {
        Secret.Type type = secret.type();
        if (type == null) {
            return Optional.empty();
        }
        return switch (type) {
            case REFERENCE -> refusalOfReference(secret);
            case VALUE -> {
                if (secret.value() == null) {
                    yield Optional.of("Secret of type VALUE must have the 'value' field set");
                }
                yield secret.reference() == null
                        ? Optional.empty()
                        : Optional.of("Secret of type VALUE must not have the 'reference' field set");
            }
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<String> refusalOfReference(Secret secret) {
        Secret.Reference reference = secret.reference();
        if (reference == null) {
            return Optional.of("Secret of type REFERENCE must have the 'reference' field set");
        }
        return secret.value() == null
                ? Optional.empty()
                : Optional.of(
                        "Secret '" + reference.name() + "' of type REFERENCE must not have the 'value' field set");
    }

    private static boolean containsNull(Secret.@Nullable Value value) {
        if (value == null) {
            return false;
        }
        for (byte each : value.data().toByteArray()) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }
}
