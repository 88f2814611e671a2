package org.nucleus.driver;

import org.nucleus.access.Credential;

/** A framework's credential, from the bytes of the original's message. */
public final class Credentials {
    private Credentials() {}

    public static Credential fromBytes(byte[] bytes) {
        org.nucleus.wire.Credential given = OriginalMessages.toWire(bytes, org.nucleus.wire.Credential.class);
        return new Credential(given.principal(), given.secret() == null ? "" : given.secret());
    }
}
