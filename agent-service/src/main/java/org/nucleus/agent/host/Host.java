package org.nucleus.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nucleus.resources.ResourceParser;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Resource;

/**
 * A machine's size, and what of it the agent offers when the operator does not say: all cores, memory less 1 GB for the
 * system, the work directory's filesystem less 5 GB, half of either when there is little, and ports 31000 to 32000.
 * Source: slave/containerizer/containerizer.cpp, Containerizer::resources.
 */
public record Host(int cores, long memoryBytes, long diskBytes) {
    private static final long GB = 1L << 30;
    private static final long MB = 1L << 20;
    private static final Pattern MEM_TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

    /** The machine this process runs on. */
    public static Host here(Path workDir) throws IOException {
        Matcher memory = MEM_TOTAL.matcher(Files.readString(Path.of("/proc/meminfo")));
        if (!memory.find()) {
            throw new IOException("/proc/meminfo names no MemTotal");
        }
        return new Host(
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(memory.group(1)) * 1024,
                Files.getFileStore(workDir).getTotalSpace());
    }

    /**
     * What {@code given} names counts as given, also at zero; the rest is detected.
     *
     * @param given as of {@code --resources}, perhaps empty
     */
    public List<Resource> resources(String given, String defaultRole) {
        Resources named = given.isBlank() ? Resources.none() : ResourceParser.parse(given, defaultRole);
        List<String> missing = new ArrayList<>();
        for (String text : List.of(
                "cpus:" + cores,
                "mem:" + (memoryBytes >= 2 * GB ? memoryBytes - GB : memoryBytes / 2) / MB,
                "disk:" + (diskBytes >= 10 * GB ? diskBytes - 5 * GB : diskBytes / 2) / MB,
                "ports:[31000-32000]")) {
            if (!names(given, named, text.substring(0, text.indexOf(':')))) {
                missing.add(text);
            }
        }
        return missing.isEmpty()
                ? named.toList()
                : named.plus(ResourceParser.parse(String.join(";", missing), defaultRole))
                        .toList();
    }

    /** {@code cpus:0} adds nothing to a sum, yet it is named. */
    private static boolean names(String given, Resources named, String name) {
        return named.names().contains(name)
                || Pattern.compile("(^|[;\\s])" + name + "\\s*[(:]")
                        .matcher(given)
                        .find()
                || Pattern.compile("\"name\"\\s*:\\s*\"" + name + "\"")
                        .matcher(given)
                        .find();
    }
}
