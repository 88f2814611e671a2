package org.nucleus.cluster.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.nucleus.cluster.Site;

/**
 * How one service is started in a JVM of its own: small, quick to start, with this JVM's class path. What the JVM is
 * told stands in an argument file, so that a command line stays short and holds no secret.
 *
 * @param java the JVM's program
 * @param argumentFile what it is given
 */
public record JavaCommand(Path java, Path argumentFile) {
    private static final List<String> SMALL_AND_QUICK = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** Writes the argument file. */
    public static JavaCommand write(Path argumentFile, int heapMegabytes, Class<?> main, List<String> arguments) {
        return write(argumentFile, heapMegabytes, List.of(), main, arguments);
    }

    /** Writes the argument file, with further options for the JVM. */
    public static JavaCommand write(
            Path argumentFile, int heapMegabytes, List<String> options, Class<?> main, List<String> arguments) {
        List<String> all = new ArrayList<>(SMALL_AND_QUICK);
        all.add("-Xmx" + heapMegabytes + "m");
        all.addAll(options);
        all.add("-cp");
        all.add(System.getProperty("java.class.path"));
        all.add(main.getName());
        all.addAll(arguments);
        Site.writePrivately(
                argumentFile, all.stream().map(JavaCommand::quoted).collect(Collectors.joining("\n", "", "\n")));
        return new JavaCommand(Path.of(System.getProperty("java.home"), "bin", "java"), argumentFile);
    }

    public List<String> words() {
        return List.of(java.toString(), "@" + argumentFile);
    }

    /** One word of an argument file. Source: the java command's documentation, "java Command-Line Argument Files". */
    private static String quoted(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
