package org.nucleus.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * SASL's CRAM-MD5: the client proves that it knows the secret by keying a hash of the server's challenge. Source: RFC
 * 2195.
 */
public final class CramMd5 {
    private static final String HMAC = "HmacMD5";

    private CramMd5() {}

    /** A challenge that is never the same twice. @param random unpredictable, from the caller's {@code SecureRandom} */
    public static byte[] challenge(long random, long epochMillis) {
        String challenge = "<" + Long.toUnsignedString(random) + "." + epochMillis + "@nucleus>";
        return challenge.getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code principal hexdigest}, in UTF-8. */
    public static byte[] answer(Credential credential, byte[] challenge) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(credential.secret().getBytes(StandardCharsets.UTF_8), HMAC));
            String digest = HexFormat.of().formatHex(mac.doFinal(challenge));
            return (credential.principal() + " " + digest).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }

    /** The principal that {@code answer} claims, unproven: what comes before its last blank; empty if there is none. */
    public static String claimedPrincipal(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        int blank = text.lastIndexOf(' ');
        return blank < 0 ? "" : text.substring(0, blank);
    }

    /** Whether {@code answer} proves {@code credential}; takes as long when it doesn't. */
    public static boolean verify(Credential credential, byte[] challenge, byte[] answer) {
        return MessageDigest.isEqual(answer(credential, challenge), answer);
    }
}
