package org.nucleus.agent.fetcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a URI's content must come to: {@code https://host/app.tgz#sha256=…}. An addition to the original, which knows no
 * checksums; a URI's fragment never meant anything to it.
 *
 * @param algorithm as the JDK names it
 * @param hex in small letters
 */
record Checksum(String algorithm, String hex) {
    private static final Pattern FRAGMENT = Pattern.compile("#sha(256|512)=([0-9a-fA-F]*)$");
    private static final int CHUNK = 64 * 1024;

    /** That of a URI which has one. */
    static Optional<Checksum> in(String uri) throws FetchFailed {
        Matcher fragment = FRAGMENT.matcher(uri);
        if (!fragment.find()) {
            return Optional.empty();
        }
        String hex = fragment.group(2).toLowerCase(Locale.ROOT);
        if (hex.length() != Integer.parseInt(fragment.group(1)) / 4) {
            throw new FetchFailed("its checksum must have " + Integer.parseInt(fragment.group(1)) / 4 + " digits");
        }
        return Optional.of(new Checksum("SHA-" + fragment.group(1), hex));
    }

    static String without(String uri) {
        return FRAGMENT.matcher(uri).replaceFirst("");
    }

    /** @throws FetchFailed if {@code file} comes to something else */
    void check(Path file) throws IOException {
        String actual = of(file);
        if (!actual.equals(hex)) {
            throw new FetchFailed("its " + algorithm + " is " + actual + " instead of " + hex);
        }
    }

    private String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] chunk = new byte[CHUNK];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
