package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Installs scripts of this program where shells can read them: one file per version, since a shell may still be reading
 * the one of an earlier agent.
 */
final class Script {
    private static final String ENDING = ".sh";

    private Script() {}

    /** The path of the script {@code resource} in {@code root}. */
    static Path install(String resource, Path root) throws IOException {
        byte[] text;
        try (InputStream content = Script.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IOException("The program was built without " + resource);
            }
            text = content.readAllBytes();
        }
        int version = new String(text, StandardCharsets.UTF_8).hashCode();
        String name = resource.substring(0, resource.length() - ENDING.length());
        Path script = root.resolve("%s-%08x%s".formatted(name, version, ENDING));
        if (!Files.exists(script)) {
            Path unfinished = Files.createTempFile(root, name + "-", ".unfinished");
            Files.write(unfinished, text, StandardOpenOption.TRUNCATE_EXISTING);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("r--r--r--"));
            Files.move(unfinished, script, StandardCopyOption.ATOMIC_MOVE);
        }
        return script;
    }
}
