package org.nucleus.access;

/** How a client proves its principal over HTTP. */
public enum Mechanism {
    /** SASL's challenge and response: the secret itself never travels. */
    CRAM_MD5,
    /** HTTP Basic: for plain clients and trusted networks. */
    BASIC
}
