package org.nucleus.access;

/** A principal and the secret that proves it. The secret never appears in {@link #toString}. */
public record Credential(String principal, String secret) {
    @Override
    public String toString() {
        return "Credential[" + principal + "]";
    }
}
